/**
 * Debian packages (deb(5)): an ar archive of the format's version, the control files and the data.
 * Leaves out: compressed members.
 */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';
import { readTar, writeTar, type TarEntry } from './tar.ts';

export interface DebPackage {
  /** Text of the control file: one stanza. */
  readonly control: string;
  /** Absolute paths of files that are configuration. */
  readonly conffiles: readonly string[];
  /** What is unpacked at the root. */
  readonly data: readonly TarEntry[];
}

const MAGIC = '!<arch>\n';

/** The bytes of a .deb. */
export function writeDeb({ control, conffiles, data }: DebPackage): Uint8Array {
  const file = (name: string, text: string): TarEntry => ({
    name,
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    modifiedMs: 0,
    bytes: encodeUtf8(text),
  });
  return concatBytes([
    encodeUtf8(MAGIC),
    ...member('debian-binary', encodeUtf8('2.0\n')),
    ...member(
      'control.tar',
      writeTar([
        file('control', control),
        ...(conffiles.length === 0 ? [] : [file('conffiles', `${conffiles.join('\n')}\n`)]),
      ]),
    ),
    ...member('data.tar', writeTar(data)),
  ]);
}

function member(name: string, bytes: Uint8Array): readonly Uint8Array[] {
  const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`;
  return [encodeUtf8(header), bytes, new Uint8Array(bytes.length % 2).fill(10)];
}

/** What a .deb holds; undefined where the bytes are none. */
export function readDeb(bytes: Uint8Array): DebPackage | undefined {
  if (decodeUtf8(bytes.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  const members = new Map<string, Uint8Array>();
  for (let at = MAGIC.length; at + 60 <= bytes.length;) {
    const name = decodeUtf8(bytes.subarray(at, at + 16)).trim();
    const size = Number(decodeUtf8(bytes.subarray(at + 48, at + 58)));
    if (!Number.isInteger(size)) return undefined;
    members.set(name, bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size % 2);
  }
  const control = readTar(members.get('control.tar') ?? new Uint8Array(0));
  const data = readTar(members.get('data.tar') ?? new Uint8Array(0));
  const text = (name: string): string =>
    decodeUtf8(control?.find((entry) => entry.name === name)?.bytes ?? new Uint8Array(0));
  if (data === undefined || text('control') === '') return undefined;
  return {
    control: text('control'),
    conffiles: text('conffiles')
      .split('\n')
      .filter((line) => line !== ''),
    data,
  };
}
