/** Open file descriptions, shared by descriptors of several processes (dup, fork). */
import type { Plain } from '../../../../protocol/plain.ts';
import type { OpenFlags } from '../../../../protocol/program.ts';
import type { DeviceName } from '../../files/trees/device-trees.ts';
import type { Place } from '../../files/mounts/mount-namespace.ts';
import type { SocketId } from '../../net/interface.ts';

export type FileKind =
  | { readonly type: 'node'; readonly place: Place }
  | { readonly type: 'pipe'; readonly pipe: number; readonly end: 'read' | 'write' | 'both' }
  | { readonly type: 'tty'; readonly tty: number }
  | { readonly type: 'controller'; readonly tty: number }
  | { readonly type: 'device'; readonly device: Exclude<DeviceName, 'tty' | 'ptmx' | 'pts'> }
  | { readonly type: 'socket'; readonly socket: SocketId; readonly listening: boolean; readonly datagram: boolean };

export interface OpenFile {
  readonly id: number;
  readonly kind: FileKind;
  readonly flags: OpenFlags;
  /** As /proc/PID/fd shows it. */
  readonly path: string;
  /** Where it was opened, for fstat of devices and pipes. */
  readonly place: Place | undefined;
  offset: number;
  references: number;
}

export interface Descriptor {
  readonly file: OpenFile;
  closeOnExec: boolean;
}

export type SavedOpenFile = Omit<OpenFile, 'kind' | 'place'> & { readonly kind: Plain; readonly place: Plain };

/** What /proc shows for a pipe. */
export const pipePath = (id: number): string => `pipe:[${String(20_000 + id)}]`;
