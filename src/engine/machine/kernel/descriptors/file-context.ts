/** System calls about files and descriptors, for a process's context. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type {
  AllocateOptions,
  DirectoryEntry,
  Fd,
  LockKind,
  FileStat,
  OpenFlags,
  Process,
  Whence,
} from '../../../../protocol/program.ts';
import type { FileCalls } from '../../files/file-calls.ts';
import { CallGate } from '../processes/call-gate.ts';
import { COST } from '../cost.ts';
import { roomBelowLimit } from './file-size-limit.ts';
import type { HostKernel } from '../host-kernel.ts';
import * as identity from '../processes/identity-calls.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

export abstract class FileContext {
  protected readonly gate: CallGate;
  protected readonly files: FileCalls;

  constructor(
    protected readonly host: HostKernel,
    protected readonly record: ProcessRecord,
  ) {
    this.gate = new CallGate(host, record);
    this.files = host.descriptors.calls(record);
  }

  cwd(): string {
    return this.gate.ask('cwd', () => this.files.pathOf(this.record.cwd) ?? '(unreachable)');
  }
  chdir(path: string): Result<void> {
    return this.gate.call('chdir', () => identity.changeDirectory(this.record, this.files, path), COST.stat);
  }
  chroot(path: string): Result<void> {
    return this.gate.call('chroot', () => identity.changeRoot(this.host, this.record, this.files, path), COST.stat);
  }
  open(path: string, flags: OpenFlags, mode?: number): Result<Fd> {
    return this.gate.call('open', () => this.host.descriptors.open(this.record, path, flags, mode), COST.open);
  }
  close(fd: Fd): Result<void> {
    return this.gate.call('close', () => this.host.descriptors.close(this.record, fd));
  }
  dup(fd: Fd, atLeast = 0): Result<Fd> {
    return this.gate.call('dup', () => {
      const file = this.host.descriptors.file(this.record, fd);
      return file === undefined ? fail('EBADF') : this.host.descriptors.add(this.record, file, false, atLeast);
    });
  }
  dup2(from: Fd, to: Fd): Result<Fd> {
    return this.gate.call('dup2', () => {
      const file = this.host.descriptors.file(this.record, from);
      if (file === undefined || to < 0) return fail('EBADF');
      if (from !== to) this.host.descriptors.install(this.record, to, file, false);
      return to;
    });
  }
  setCloseOnExec(fd: Fd, on: boolean): Result<void> {
    return this.gate.call('setCloseOnExec', () => {
      const descriptor = this.record.descriptors.get(fd);
      if (descriptor === undefined) return fail('EBADF');
      descriptor.closeOnExec = on;
      return undefined;
    });
  }
  descriptors(): readonly Fd[] {
    return this.gate.ask('descriptors', () => [...this.record.descriptors.keys()].toSorted((a, b) => a - b));
  }
  seek(fd: Fd, offset: number, whence: Whence): Result<number> {
    return this.gate.call('seek', () => {
      const file = this.host.descriptors.file(this.record, fd);
      if (file === undefined) return fail('EBADF');
      if (file.kind.type !== 'node') return fail(file.kind.type === 'device' ? 'EINVAL' : 'ESPIPE');
      const node = this.host.behind(file.kind.place.node);
      if (whence === 'data' || whence === 'hole') {
        const found = node.seek(offset, whence);
        if (!failed(found)) file.offset = found;
        return found;
      }
      const base = whence === 'set' ? 0 : whence === 'current' ? file.offset : node.stat().size;
      if (base + offset < 0) return fail('EINVAL');
      file.offset = base + offset;
      return file.offset;
    });
  }
  allocate(fd: Fd, offset: number, length: number, options: AllocateOptions = {}): Result<void> {
    return this.gate.call(
      'allocate',
      () => {
        const file = this.host.descriptors.file(this.record, fd);
        if (file === undefined || file.flags.write !== true) return fail('EBADF');
        if (file.kind.type === 'pipe') return fail('ESPIPE');
        if (file.kind.type !== 'node') return fail('ENODEV');
        if (offset < 0 || length <= 0) return fail('EINVAL');
        const node = this.host.behind(file.kind.place.node);
        if (options.punchHole === true) return node.punchHole(offset, length);
        const room = options.keepSize === true ? Infinity : roomBelowLimit(this.host, this.record, offset + length - 1);
        return failed(room) ? room : node.allocate(offset, length, options);
      },
      COST.change,
    );
  }
  lock(fd: Fd, kind: LockKind, timeoutUs?: number): Promise<Result<void>> {
    return this.gate.wait('lock', { fd, kind, ...(timeoutUs === undefined ? {} : { timeoutUs }) });
  }
  unlock(fd: Fd): Result<void> {
    return this.gate.call('unlock', () => {
      const file = this.host.descriptors.file(this.record, fd);
      if (file === undefined) return fail('EBADF');
      this.host.locks.release(file);
      return undefined;
    });
  }
  stat(path: string): Result<FileStat> {
    return this.gate.call(
      'stat',
      () => this.host.descriptors.statLinked(this.record, path) ?? this.files.stat(path),
      COST.stat,
    );
  }
  lstat(path: string): Result<FileStat> {
    return this.gate.call('lstat', () => this.files.stat(path, false), COST.stat);
  }
  fstat(fd: Fd): Result<FileStat> {
    return this.gate.call('fstat', () => this.host.descriptors.stat(this.record, fd));
  }
  access(
    path: string,
    mode: { readonly read?: boolean; readonly write?: boolean; readonly execute?: boolean },
  ): Result<void> {
    const modes = (['read', 'write', 'execute'] as const).filter((each) => mode[each] === true);
    return this.gate.call('access', () => this.files.access(path, modes), COST.stat);
  }
  readdir(path: string): Result<readonly DirectoryEntry[]> {
    return this.gate.call('readdir', () => this.files.readdir(path), COST.open);
  }
  readFile(path: string): Result<Uint8Array> {
    return this.gate.call(
      'readFile',
      () => {
        const bytes = this.files.readFile(path);
        if (!failed(bytes)) this.record.debtUs += (bytes.length / 1024) * COST.perKibibyte;
        return bytes;
      },
      COST.open,
    );
  }
  writeFile(
    path: string,
    bytes: Uint8Array,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): Result<void> {
    return this.gate.call(
      'writeFile',
      () => {
        const limit = this.record.limits.get('fsize')?.soft ?? Infinity;
        if (bytes.length <= limit) return this.files.writeFile(path, bytes, options);
        const part = this.files.writeFile(path, bytes.subarray(0, limit), options);
        const room = roomBelowLimit(this.host, this.record, limit);
        return failed(part) ? part : failed(room) ? room : undefined;
      },
      COST.change + (bytes.length / 1024) * COST.perKibibyte,
    );
  }
  mkdir(path: string, mode?: number): Result<void> {
    return this.gate.call('mkdir', () => this.files.mkdir(path, mode), COST.change);
  }
  rmdir(path: string): Result<void> {
    return this.gate.call('rmdir', () => this.files.rmdir(path), COST.change);
  }
  unlink(path: string): Result<void> {
    return this.gate.call('unlink', () => this.files.unlink(path), COST.change);
  }
  rename(from: string, to: string): Result<void> {
    return this.gate.call('rename', () => this.files.rename(from, to), COST.change);
  }
  link(existing: string, created: string): Result<void> {
    return this.gate.call('link', () => this.files.link(existing, created), COST.change);
  }
  symlink(target: string, path: string): Result<void> {
    return this.gate.call('symlink', () => this.files.symlink(target, path), COST.change);
  }
  readlink(path: string): Result<string> {
    return this.gate.call('readlink', () => this.files.readlink(path), COST.stat);
  }
  realpath(path: string): Result<string> {
    return this.gate.call('realpath', () => this.files.realpath(path), COST.stat);
  }
  chmod(path: string, mode: number): Result<void> {
    return this.gate.call('chmod', () => this.files.chmod(path, mode), COST.change);
  }
  chown(path: string, uid: number, gid: number, options?: { readonly noFollow?: boolean }): Result<void> {
    return this.gate.call('chown', () => this.files.chown(path, uid, gid, options?.noFollow !== true), COST.change);
  }
  utimes(
    path: string,
    accessedMs: number,
    modifiedMs: number,
    options?: { readonly noFollow?: boolean },
  ): Result<void> {
    const follow = options?.noFollow !== true;
    return this.gate.call('utimes', () => this.files.utimes(path, accessedMs, modifiedMs, follow), COST.change);
  }
  truncate(path: string, size: number): Result<void> {
    return this.gate.call(
      'truncate',
      () => {
        const room = size === 0 ? Infinity : roomBelowLimit(this.host, this.record, size - 1);
        return failed(room) ? room : this.files.truncate(path, size);
      },
      COST.change,
    );
  }
  mknod(path: string, type: 'fifo' | 'char' | 'block', mode: number, rdev?: readonly [number, number]): Result<void> {
    return this.gate.call('mknod', () => this.files.mknod(path, type, mode, rdev), COST.change);
  }
  mount(source: string, target: string, type: string, options: readonly string[]): Result<void> {
    return this.gate.call(
      'mount',
      () => identity.mount(this.host, this.record, { source, target, type, options }),
      COST.mount,
    );
  }
  umount(target: string, options?: { readonly lazy?: boolean }): Result<void> {
    return this.gate.call(
      'umount',
      () => identity.umount(this.host, this.record, target, options?.lazy === true),
      COST.mount,
    );
  }
  statfs(path: string): ReturnType<Process['statfs']> {
    return this.gate.call(
      'statfs',
      () => {
        const place = this.files.walk(path);
        if (failed(place)) return place;
        const { totalBytes, usedBytes, reservedBytes = 0, inodes, usedInodes } = place.node.fs.usage();
        return {
          type: place.mount.type,
          totalBytes,
          freeBytes: totalBytes - usedBytes,
          availableBytes: Math.max(0, totalBytes - usedBytes - reservedBytes),
          inodes,
          freeInodes: inodes - usedInodes,
        };
      },
      COST.stat,
    );
  }
  sync(): void {
    this.gate.ask('sync', () => {
      this.host.files.block?.sync();
    });
  }
}
