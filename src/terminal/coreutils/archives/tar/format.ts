/** ustar headers with GNU's long names. */
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { bytesToText, textToBytes } from '../../../text.ts';

export const BLOCK = 512;

export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'fifo';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  readonly group: string;
  readonly size: number;
  /** Unix seconds. */
  readonly modified: number;
  readonly target: string;
}

const FLAGS: Readonly<Record<TarEntry['type'], string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  directory: '5',
  fifo: '6',
};
const TYPES: Readonly<Record<string, TarEntry['type']>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
};

/** The header blocks of an entry, long names first. */
export function encodeHeader(entry: TarEntry): readonly Uint8Array[] {
  const name = textToBytes(entry.name);
  const target = textToBytes(entry.target);
  return [
    ...(target.length > 100 ? longName(target, 'K') : []),
    ...(name.length > 100 ? longName(name, 'L') : []),
    headerBlock(entry, FLAGS[entry.type]),
  ];
}

function longName(bytes: Uint8Array, flag: string): readonly Uint8Array[] {
  const body = new Uint8Array(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK);
  body.set(bytes);
  return [
    headerBlock(
      {
        name: '././@LongLink',
        type: 'file',
        mode: 0o644,
        uid: 0,
        gid: 0,
        user: 'root',
        group: 'root',
        size: bytes.length + 1,
        modified: 0,
        target: '',
      },
      flag,
    ),
    body,
  ];
}

function headerBlock(entry: TarEntry, flag: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, bytes: Uint8Array, limit: number): void => {
    block.set(bytes.subarray(0, limit), at);
  };
  const octal = (at: number, value: number, width: number): void => {
    put(at, encodeUtf8(value.toString(8).padStart(width - 1, '0')), width - 1);
  };
  put(0, textToBytes(entry.name), 100);
  octal(100, entry.mode, 8);
  octal(108, entry.uid, 8);
  octal(116, entry.gid, 8);
  octal(124, entry.size, 12);
  octal(136, entry.modified, 12);
  put(148, encodeUtf8('        '), 8);
  put(156, encodeUtf8(flag), 1);
  put(157, textToBytes(entry.target), 100);
  put(257, encodeUtf8('ustar  '), 8);
  put(265, encodeUtf8(entry.user), 31);
  put(297, encodeUtf8(entry.group), 31);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, encodeUtf8(`${sum.toString(8).padStart(6, '0')}\0 `), 8);
  return block;
}

export interface TarMember {
  readonly entry: TarEntry;
  /** Where its first header is in the archive, and where its bytes are. */
  readonly start: number;
  readonly from: number;
}

/** The members of an archive; undefined where it is none. */
export function readMembers(
  bytes: Uint8Array,
): { readonly members: readonly TarMember[]; readonly truncated: boolean } | undefined {
  const members: TarMember[] = [];
  let name: string | undefined;
  let target: string | undefined;
  let start: number | undefined;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const block = bytes.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) return { members, truncated: false };
    const header = decodeHeader(block);
    if (header === undefined) return members.length === 0 ? undefined : { members, truncated: true };
    start ??= at;
    const from = at + BLOCK;
    at = from + Math.ceil(header.size / BLOCK) * BLOCK;
    const body = bytes.subarray(from, from + header.size);
    if (header.flag === 'L') name = bytesToText(body).replace(/\0.*$/s, '');
    else if (header.flag === 'K') target = bytesToText(body).replace(/\0.*$/s, '');
    else if (header.flag === 'x') {
      const records = bytesToText(body);
      name = /\d+ path=(.*)\n/.exec(records)?.[1] ?? name;
      target = /\d+ linkpath=(.*)\n/.exec(records)?.[1] ?? target;
    } else if (header.flag !== 'g') {
      const type = TYPES[header.flag] ?? 'file';
      const full = name ?? header.entry.name;
      const size = type === 'file' ? header.size : 0;
      members.push({
        entry: {
          ...header.entry,
          name: full,
          type: type === 'file' && full.endsWith('/') ? 'directory' : type,
          size,
          target: target ?? header.entry.target,
        },
        start,
        from,
      });
      start = undefined;
      name = undefined;
      target = undefined;
      if (from + size > bytes.length) return { members, truncated: true };
    }
  }
  return members.length === 0 && bytes.length > 0 ? undefined : { members, truncated: bytes.length % BLOCK !== 0 };
}

function decodeHeader(
  block: Uint8Array,
): { readonly entry: TarEntry; readonly flag: string; readonly size: number } | undefined {
  const text = (at: number, size: number): string => bytesToText(block.subarray(at, at + size)).replace(/\0.*$/s, '');
  const octal = (at: number, size: number): number => parseInt(text(at, size).trim() || '0', 8);
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (octal(148, 8) !== sum) return undefined;
  const posix = text(257, 6) === 'ustar' && block[262] === 0;
  const prefix = posix ? text(345, 155) : '';
  return {
    flag: String.fromCharCode(block[156] ?? 0),
    size: octal(124, 12),
    entry: {
      name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
      type: 'file',
      mode: octal(100, 8) & 0o7777,
      uid: octal(108, 8),
      gid: octal(116, 8),
      user: text(265, 32),
      group: text(297, 32),
      size: 0,
      modified: octal(136, 12),
      target: text(157, 100),
    },
  };
}
