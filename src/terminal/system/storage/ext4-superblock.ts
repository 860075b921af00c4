import {
  decodeSuperblock,
  SUPERBLOCK_AT,
  SUPERBLOCK_BYTES,
  type Ext4Superblock,
} from '../../../formats/ext4/superblock.ts';
import type { Process } from '../../../protocol/program.ts';
import { hex } from '../../coreutils/digests/digests.ts';
import { readStart } from './read-start.ts';

/** The superblock of a device or a file with an ext4 file system. */
export async function superblockOf(process: Process, path: string): Promise<Ext4Superblock | undefined> {
  const start = await readStart(process, path, SUPERBLOCK_AT + SUPERBLOCK_BYTES);
  return start === undefined ? undefined : decodeSuperblock(start.subarray(SUPERBLOCK_AT));
}

/** A UUID of sixteen bytes as text. */
export const uuidText = (bytes: Uint8Array): string =>
  hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
