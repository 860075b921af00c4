import { encodeUtf8 } from '../../protocol/bytes.ts';
import { crc32c, crc32cOfNumber } from './crc32c.ts';
import { ENTRY_TYPES, type Ext4Node } from './tree.ts';

/** The checksum behind the entries of a block. */
const TAIL_BYTES = 12;
const LOST_AND_FOUND = 11;

/** Room that lost+found is given at once, so that e2fsck needs none: 16 KiB, but no more than 12 blocks. */
export const lostAndFoundBytes = (blockBytes: number): number => Math.min(16_384, 12 * blockBytes);

/** A directory as its blocks. */
export function directoryBlocks(node: Ext4Node, blockBytes: number, seed: number): readonly Uint8Array[] {
  const entries: (readonly [name: Uint8Array, inode: number, type: number])[] = [
    ['.', node.inode, 'directory'] as const,
    ['..', node.parent ?? node.inode, 'directory'] as const,
    ...(node.entries ?? []),
  ].map(([name, inode, type]) => [encodeUtf8(name), inode, ENTRY_TYPES.indexOf(type)]);
  const blocks: Uint8Array[] = [];
  const room = blockBytes - TAIL_BYTES;
  const sizeOf = (name: Uint8Array): number => Math.ceil((8 + name.length) / 4) * 4;
  for (let next = 0; next < entries.length;) {
    const block = new Uint8Array(blockBytes);
    const view = new DataView(block.buffer);
    let at = 0;
    for (;;) {
      const [name, inode, type] = entries[next] ?? [new Uint8Array(0), 0, 0];
      next += 1;
      const following = entries[next];
      const isLast = following === undefined || at + sizeOf(name) + sizeOf(following[0]) > room;
      const length = isLast ? room - at : sizeOf(name);
      view.setUint32(at, inode, true);
      view.setUint16(at + 4, length, true);
      block[at + 6] = name.length;
      block[at + 7] = type;
      block.set(name, at + 8);
      at += length;
      if (isLast) break;
    }
    blocks.push(block);
  }
  const least = node.inode === LOST_AND_FOUND ? lostAndFoundBytes(blockBytes) / blockBytes : 1;
  while (blocks.length < least) {
    const block = new Uint8Array(blockBytes);
    new DataView(block.buffer).setUint16(4, room, true);
    blocks.push(block);
  }
  for (const block of blocks) seal(block, node.inode, seed);
  return blocks;
}

function seal(block: Uint8Array, inode: number, seed: number): void {
  const at = block.length - TAIL_BYTES;
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  view.setUint16(at + 4, TAIL_BYTES, true);
  block[at + 7] = 0xde;
  const start = crc32cOfNumber(crc32cOfNumber(seed, inode), 0);
  view.setUint32(at + 8, crc32c(start, block.subarray(0, at)), true);
}
