import { encodeExt4, type Ext4Counts, type WriteBytes } from './encode.ts';
import type { Ext4Geometry } from './geometry.ts';
import type { Ext4Identity } from './superblock.ts';
import { lostAndFoundBytes } from './directory.ts';
import type { Ext4Node } from './tree.ts';

/** What mke2fs puts on a device: a root directory with lost+found in it, at the time that the identity names. */
export function formatExt4(
  geometry: Ext4Geometry,
  identity: Ext4Identity,
  write: WriteBytes,
  owner: { readonly uid: number; readonly gid: number } = { uid: 0, gid: 0 },
): Ext4Counts | undefined {
  const time = identity.madeAt * 1000;
  const directory = (inode: number, mode: number, links: number): Ext4Node => ({
    inode,
    type: 'directory',
    mode,
    uid: 0,
    gid: 0,
    links,
    times: [time, time, time],
    size: 0,
    parent: 2,
  });
  return encodeExt4(
    geometry,
    identity,
    [
      { ...directory(2, 0o755, 3), ...owner, entries: [['lost+found', 11, 'directory']] },
      { ...directory(11, 0o700, 2), size: lostAndFoundBytes(geometry.blockBytes) },
    ],
    write,
  );
}
