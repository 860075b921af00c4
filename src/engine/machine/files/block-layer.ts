/** Block devices that files stand behind, and file systems on them: loads when somebody first asks for one. */
import type { Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { SyntheticEntry } from './file-systems/synthetic-fs.ts';
import type { MountRequest } from './interface.ts';
import type { Mount, Place } from './mounts/mount-namespace.ts';
import type { MountSource } from './mounts/mounting.ts';
import type { FileSystem, Vnode } from './vnode.ts';
import type { Walker } from './walk.ts';

export interface BlockLayer {
  /** What a device's file reads and writes; the file itself where nothing stands behind it. */
  behind(node: Vnode): Vnode;
  /** The file system on a device. ENODEV for types that no device has and for what is no device, EINVAL for another content. */
  source(request: MountRequest, walker: Walker): Result<MountSource>;
  /** No mount shows it any more: its device gets what it holds. */
  unmounted(fs: FileSystem): void;
  /** Whether the file of a device lies in this mount. */
  holds(mount: Mount): boolean;
  /** Devices get what their file systems hold. */
  sync(): void;
  /** `list`, `free`, `attach`, `detach`, `resize` of loop(4). */
  request(
    caller: { readonly isAdmin: boolean; readonly walk: (path: string) => Result<Place> },
    op: string,
    args: { readonly [key: string]: Plain },
  ): Result<Plain>;
  /** Lines of /proc/partitions. */
  partitions(): string;
  /** Names in /sys/block, and a directory of it. */
  names(): readonly string[];
  sys(name: string): SyntheticEntry | undefined;
  /** Undefined while there is nothing to keep. */
  snapshot(): Plain;
  /** The machine has been switched off. */
  forget(): void;
}
