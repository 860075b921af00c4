/** An archive that is there already, read whole. */
import { concatBytes, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import { readOperand } from '../../../io.ts';
import type { Invocation } from '../../command.ts';
import { unpack } from '../gzip.ts';
import type { TarMember } from './format.ts';
import { BLOCK, readMembers } from './format.ts';
import { fatalText } from './names.ts';

/** Its bytes, unpacked; undefined after a complaint. */
export async function archiveBytes(call: Invocation): Promise<Uint8Array | undefined> {
  const bytes = await readArchive(call);
  if (typeof bytes !== 'string') return bytes;
  await call.io.raw(bytes);
  return undefined;
}

/** The bytes, or what is said instead. */
async function readArchive({ flavour, io, options, process }: Invocation): Promise<Uint8Array | string> {
  const name = options.value('f') ?? '-';
  if (name === '-' && process.isatty(0))
    return fatalText(io.name, 'Refusing to read archive contents from terminal (missing -f option?)');
  const bytes = await readOperand(process, name);
  if (failed(bytes) && bytes.errno === 'EISDIR')
    return `${io.name}: ${name}: Cannot read: Is a directory\n${fatalText(io.name, 'At beginning of tape, quitting now')}`;
  if (failed(bytes) && flavour === 'busybox') return `${io.name}: can't open '${name}': ${strerror(bytes)}\n`;
  if (failed(bytes)) {
    const text = `${name}: Cannot open: ${strerror(bytes)}`;
    return options.has('z') ? childFault(io.name, text) : fatalText(io.name, text);
  }
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (packed && name === '-' && !options.has('z')) return fatalText(io.name, 'Archive is compressed. Use -z option');
  if (!packed && !options.has('z')) return bytes;
  const unpacked = unpack(bytes);
  process.account(bytes.length / 50);
  if (unpacked.type === 'data') return unpacked.bytes;
  const fault = unpacked.type === 'foreign' ? 'not in gzip format' : unpacked.message;
  return `\ngzip: stdin: ${fault}\n${fatalText(io.name, 'Child returned status 1')}`;
}

/** What tar and the child that packs for it say of an archive that cannot be opened. */
export const childFault = (name: string, text: string): string =>
  fatalText('tar (child)', text) + fatalText(name, 'Child returned status 2');

export interface Existing {
  readonly bytes: Uint8Array;
  readonly members: readonly TarMember[];
}

/** An archive that is to be changed: empty where it does not exist; undefined after a complaint. */
export async function existingArchive(call: Invocation, path: string): Promise<Existing | undefined> {
  const bytes = call.process.readFile(path);
  if (failed(bytes)) {
    if (bytes.errno === 'ENOENT') return { bytes: EMPTY_BYTES, members: [] };
    await call.io.raw(fatalText(call.io.name, `${path}: Cannot open: ${strerror(bytes)}`));
    return undefined;
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    await call.io.raw(fatalText(call.io.name, 'Cannot update compressed archives'));
    return undefined;
  }
  const archive = readMembers(bytes);
  if (archive !== undefined) return { bytes, members: archive.members };
  await call.io.raw(
    `${call.io.name}: This does not look like a tar archive\n${call.io.name}: Exiting with failure status due to previous errors\n`,
  );
  return undefined;
}

/** The blocks of members, headers and all. */
export const blocksOf = ({ bytes }: Existing, members: readonly TarMember[]): Uint8Array =>
  concatBytes(
    members.map(({ start, from, entry }) => bytes.subarray(start, from + Math.ceil(entry.size / BLOCK) * BLOCK)),
  );
