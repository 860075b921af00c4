/**
 * A layer as the blob that a registry serves: a ustar archive, and the same in a gzip container of stored blocks
 * (RFC 1951 3.2.4), so that the bytes do not depend on a compressor.
 */
import { crc32 } from '../../../formats/crc32.ts';
import { concatBytes, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { LayerFile } from './layer-files.ts';

const BLOCK = 512;

/** The layer's ustar archive: entries by path, times zero, whiteouts as `.wh.` files. */
export function archiveOf(files: readonly LayerFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const parts: Uint8Array[] = [];
  for (const entry of sorted) appendEntry(parts, entry);
  parts.push(new Uint8Array(2 * BLOCK));
  return concatBytes(parts);
}

function appendEntry(parts: Uint8Array[], entry: LayerFile): void {
  const path = entry.path.replace(/^\//, '');
  switch (entry.type) {
    case 'file': {
      const bytes = entry.bytes ?? encodeUtf8(entry.text ?? '');
      parts.push(header(path, entry, '0', bytes.length, ''), bytes, padding(bytes.length));
      return;
    }
    case 'directory':
      parts.push(header(`${path}/`, entry, '5', 0, ''));
      if (entry.opaque === true) parts.push(header(`${path}/.wh..wh..opq`, entry, '0', 0, ''));
      return;
    case 'symlink':
      parts.push(header(path, { ...entry, mode: 0o777 }, '2', 0, entry.target));
      return;
    case 'hardlink':
      parts.push(header(path, entry, '1', 0, entry.target.replace(/^\//, '')));
      return;
    case 'whiteout': {
      const cut = path.lastIndexOf('/') + 1;
      parts.push(header(`${path.slice(0, cut)}.wh.${path.slice(cut)}`, entry, '0', 0, ''));
      return;
    }
    default:
      parts.push(header(path, entry, entry.type === 'char' ? '3' : entry.type === 'block' ? '4' : '6', 0, ''));
  }
}

const padding = (size: number): Uint8Array => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);

function header(path: string, entry: LayerFile, flag: string, size: number, target: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number): void => block.set(encodeUtf8(text), at);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  const name = encodeUtf8(path);
  // A long path is split at a slash between the name field and the prefix field.
  const cut = name.length <= 100 ? 0 : path.indexOf('/', path.length - 100) + 1;
  put(path.slice(cut), 0);
  put(octal(entry.mode ?? (flag === '5' ? 0o755 : 0o644), 7), 100);
  put(octal(entry.uid ?? 0, 7), 108);
  put(octal(entry.gid ?? 0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  put('        ', 148);
  put(flag, 156);
  put(target, 157);
  put('ustar', 257);
  put('00', 263);
  if (cut > 0) put(path.slice(0, cut - 1), 345);
  let sum = 0;
  for (const byte of block) sum += byte;
  put(`${octal(sum, 6)}\0 `, 148);
  return block;
}

/** A gzip member whose deflate blocks are all stored. */
export function gzipStored(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)];
  for (let at = 0; at < bytes.length || at === 0; at += 0xffff) {
    const piece = bytes.subarray(at, at + 0xffff);
    const { length } = piece;
    const last = at + 0xffff >= bytes.length ? 1 : 0;
    parts.push(Uint8Array.of(last, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255), piece);
  }
  parts.push(littleEndian(crc32(bytes)), littleEndian(bytes.length));
  return concatBytes(parts);
}

const littleEndian = (value: number): Uint8Array =>
  Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255);
