/**
 * ustar archives: reading what tar, docker and kubectl send, writing what they read.
 * Models: files, directories, links, names of up to 255 characters; GNU long names on reading.
 * Leaves out: sparse files, extended attributes (PAX headers are stepped over).
 */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';

export interface TarEntry {
  /** Without a leading slash; directories without the final one. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Unix ms. */
  readonly modifiedMs: number;
  /** Of links. */
  readonly target?: string;
  /** Of files. */
  readonly bytes?: Uint8Array;
}

const BLOCK = 512;
const FLAGS = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;

/** An archive of the entries in their order, with the two zero blocks at its end. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const bytes = entry.bytes ?? new Uint8Array(0);
    parts.push(header(entry, bytes.length), bytes, new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return concatBytes(parts);
}

function header(entry: TarEntry, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number): void => block.set(encodeUtf8(text), at);
  const octal = (value: number, digits: number): string => Math.floor(value).toString(8).padStart(digits, '0');
  const name = entry.type === 'directory' ? `${entry.name}/` : entry.name;
  const cut = encodeUtf8(name).length <= 100 ? 0 : name.indexOf('/', name.length - 100) + 1;
  put(name.slice(cut), 0);
  put(octal(entry.mode & 0o7777, 7), 100);
  put(octal(entry.uid, 7), 108);
  put(octal(entry.gid, 7), 116);
  put(octal(size, 11), 124);
  put(octal(entry.modifiedMs / 1000, 11), 136);
  put('        ', 148);
  put(FLAGS[entry.type], 156);
  put((entry.target ?? '').slice(0, 100), 157);
  put('ustar', 257);
  put('00', 263);
  if (cut > 0) put(name.slice(0, cut - 1), 345);
  let sum = 0;
  for (const byte of block) sum += byte;
  put(`${octal(sum, 6)}\0 `, 148);
  return block;
}

/** The entries of an archive, or undefined where it is none. */
export function readTar(archive: Uint8Array): readonly TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length;) {
    const block = archive.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) return entries;
    const text = (from: number, length: number): string =>
      decodeUtf8(block.subarray(from, from + length)).replace(/\0[\s\S]*$/, '');
    const octal = (from: number, length: number): number => Number.parseInt(text(from, length).trim() || '0', 8);
    if (!text(257, 6).startsWith('ustar')) return undefined;
    const size = octal(124, 12);
    const body = archive.slice(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const flag = text(156, 1);
    if (flag === 'L') {
      longName = decodeUtf8(body).replace(/\0[\s\S]*$/, '');
      continue;
    }
    if (flag === 'x' || flag === 'g') continue;
    const prefix = text(345, 155);
    const name = (longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`))
      .replace(/^\.?\//, '')
      .replace(/\/$/, '');
    longName = undefined;
    const type = flag === '5' ? 'directory' : flag === '2' ? 'symlink' : flag === '1' ? 'hardlink' : 'file';
    const base = {
      name,
      type,
      mode: octal(100, 8),
      uid: octal(108, 8),
      gid: octal(116, 8),
      modifiedMs: octal(136, 12) * 1000,
    } as const;
    entries.push({
      ...base,
      ...(type === 'file' ? { bytes: body } : {}),
      ...(type === 'symlink' || type === 'hardlink' ? { target: text(157, 100) } : {}),
    });
  }
  return entries;
}
