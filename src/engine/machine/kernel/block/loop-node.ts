import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { AllocateOptions, DirectoryEntry, FileStat } from '../../../../protocol/program.ts';
import type { Access, FileSystem, NodeChange, Vnode } from '../../files/vnode.ts';

/** A part of a file as the content of a block device. It is known by the device's inode, so that descriptors stay what they are. */
export class LoopNode implements Vnode {
  constructor(
    private readonly device: Vnode,
    readonly backing: Vnode,
    readonly offset: number,
    readonly bytes: number,
    private readonly readOnly: boolean,
  ) {}

  get fs(): FileSystem {
    return this.device.fs;
  }
  get inode(): number {
    return this.device.inode;
  }
  get type(): Vnode['type'] {
    return this.device.type;
  }
  get parent(): Vnode | undefined {
    return this.device.parent;
  }
  get name(): string {
    return this.device.name;
  }
  get access(): Access {
    return this.device.access;
  }

  /** With the device's size, by which the end is found. */
  stat(): FileStat {
    return { ...this.device.stat(), size: this.bytes };
  }

  lookup(): undefined {
    return undefined;
  }
  list(): readonly DirectoryEntry[] {
    return [];
  }

  read(offset: number, max: number): Result<Uint8Array> {
    const count = Math.min(max, this.bytes - offset);
    if (count <= 0) return new Uint8Array(0);
    const bytes = this.backing.read(this.offset + offset, count);
    if (failed(bytes) || bytes.length === count || !Number.isFinite(count)) return bytes;
    // The file has become shorter: there is nothing but zeros.
    const padded = new Uint8Array(count);
    padded.set(bytes);
    return padded;
  }

  write(offset: number, bytes: Uint8Array): Result<number> {
    if (this.readOnly) return fail('EPERM');
    if (offset >= this.bytes) return fail('ENOSPC');
    return this.backing.write(this.offset + offset, bytes.subarray(0, this.bytes - offset));
  }

  truncate(): Result<void> {
    return fail('EINVAL');
  }

  allocate(offset: number, length: number, options: Pick<AllocateOptions, 'keepSize'>): Result<void> {
    if (this.readOnly) return fail('EPERM');
    return this.backing.allocate(this.offset + offset, Math.min(length, this.bytes - offset), options);
  }

  punchHole(offset: number, length: number): Result<void> {
    if (this.readOnly) return fail('EPERM');
    return this.backing.punchHole(this.offset + offset, Math.min(length, this.bytes - offset));
  }

  /** A device has no holes. */
  seek(offset: number, kind: 'data' | 'hole'): Result<number> {
    return offset >= this.bytes ? fail('ENXIO') : kind === 'data' ? offset : this.bytes;
  }

  target(): string {
    return '';
  }
  change(change: NodeChange): Result<void> {
    return this.device.change(change);
  }
  opened(by: 1 | -1): void {
    this.device.opened(by);
  }
}
