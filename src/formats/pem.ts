/** PEM blocks (RFC 7468). */
import { decodeBase64, encodeBase64 } from '../protocol/bytes.ts';

export interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** As it stands in the text, with its end of line. */
  readonly text: string;
}

/** Every block of a text in order. */
export function pemBlocks(text: string): readonly PemBlock[] {
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----\r?\n?/g;
  return [...text.matchAll(pattern)].flatMap(([whole, label = '', body = '']) => {
    const bytes = decodeBase64(body);
    return bytes === undefined ? [] : [{ label, bytes, text: whole }];
  });
}

/** The text of a block. */
export function pemText(label: string, bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
