/** Percent-encoded text of URLs. */
import { decodeUtf8 } from '../protocol/bytes.ts';

/** The text, as net/url of Go reads it; undefined where an escape is malformed. Bytes that are no UTF-8 become U+FFFD. */
export function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  if (/%(?![\da-f]{2})/i.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
      decodeUtf8(Uint8Array.from(run.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
    );
  }
}
