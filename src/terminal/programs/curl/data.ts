/** What -d, --data-urlencode and their relatives put into a request's body or query. */
import { concatBytes, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readOperand } from '../../io.ts';

const DATA_OPTIONS = ['data', 'data-raw', 'data-binary', 'data-urlencode', 'json'];
export const isDataOption = (name: string): boolean => DATA_OPTIONS.includes(name);

/** The body so far with what one more option adds to it. */
export async function withData(
  process: Process,
  before: Uint8Array | undefined,
  name: string,
  value: string,
): Promise<Uint8Array | SysFailure> {
  const piece = await pieceOf(process, name, value);
  if (failed(piece) || before === undefined) return piece;
  return concatBytes(name === 'json' ? [before, piece] : [before, encodeUtf8('&'), piece]);
}

async function pieceOf(process: Process, name: string, value: string): Promise<Uint8Array | SysFailure> {
  if (name === 'data-urlencode') return await encodedPair(process, value);
  if (name === 'data-raw' || !value.startsWith('@')) return encodeUtf8(value);
  const file = await readOperand(process, value.slice(1));
  return failed(file) || name !== 'data' ? file : file.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0);
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
async function encodedPair(process: Process, value: string): Promise<Uint8Array | SysFailure> {
  const at = value.search(/[=@]/);
  const name = at < 0 ? '' : value.slice(0, at);
  const rest = value.slice(at + 1);
  const content = value.charAt(at) === '@' ? await readOperand(process, rest) : encodeUtf8(rest);
  if (failed(content)) return content;
  return encodeUtf8(`${name === '' ? '' : `${name}=`}${formEncoded(content)}`);
}

/** Bytes as a form has them: a plus for a blank. */
function formEncoded(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte);
    out += /[A-Za-z0-9\-._~]/.test(letter)
      ? letter
      : letter === ' '
        ? '+'
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** What --url-query adds: as --data-urlencode, or as it stands behind a plus sign. */
export async function queryPiece(process: Process, value: string): Promise<Uint8Array | SysFailure> {
  return value.startsWith('+') ? encodeUtf8(value.slice(1)) : await encodedPair(process, value);
}
