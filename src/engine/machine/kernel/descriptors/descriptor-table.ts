/** Descriptors of processes and what stands behind them. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Credentials, FileStat, OpenFlags, PollRequest, WindowSize } from '../../../../protocol/program.ts';
import { deviceName } from '../../files/trees/device-trees.ts';
import { FileCalls } from '../../files/file-calls.ts';
import type { Place } from '../../files/mounts/mount-namespace.ts';
import type { Magic } from '../../files/file-systems/synthetic-fs.ts';
import { nodeKey } from '../../files/vnode.ts';
import { walk, type Walker } from '../../files/walk.ts';
import { mayOpenDevice } from '../cgroups/device-access.ts';
import { awaitReady, isReady, readFile, writeFile, writeNow } from './descriptor-io.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { StdioSpec } from '../interface.ts';
import { pipePath, type FileKind, type OpenFile } from './open-files.ts';
import type { Attempt, PendingCall, ProcessRecord } from '../processes/process-record.ts';
import { mayInspect } from '../security/ptrace-access.ts';
import { handOver } from './shared-sockets.ts';
import { stdioFile } from './stdio-files.ts';
import type { Tty } from '../tty/ttys.ts';

/** Calls that stand in a queue of what they wait for. */
const QUEUED_CALLS: ReadonlySet<string> = new Set(['read', 'write', 'poll', 'lock']);

export class DescriptorTable {
  #nextFile = 1;
  constructor(readonly kernel: HostKernel) {}

  get nextFile(): number {
    return this.#nextFile;
  }
  set nextFile(next: number) {
    this.#nextFile = next;
  }

  /** File system calls of a process. */
  calls(record: ProcessRecord): FileCalls {
    return new FileCalls({
      walker: () => this.kernel.walkerOf(record),
      umask: () => record.umask,
      magic: (magic) => this.magicPlace(magic, record.credentials),
      protection: (name) => Number(this.kernel.tables.sysctl(`fs.protected_${name}`)),
    });
  }

  callsOf(walker: () => Walker): FileCalls {
    return new FileCalls({ walker, umask: () => 0, magic: (magic) => this.magicPlace(magic, walker().credentials) });
  }

  /** Where a link of /proc leads; undefined for pipes, sockets, namespaces. EACCES where the process is another's. */
  magicPlace(magic: Magic, observer: Credentials): Result<Place | undefined> {
    const record = this.kernel.records.get(magic.pid);
    if (record === undefined) return undefined;
    if (!mayInspect(observer, record.credentials)) return fail('EACCES');
    if ('fd' in magic) return record.descriptors.get(magic.fd)?.file.place;
    if (magic.place === 'cwd') return record.cwd;
    if (magic.place === 'root') return record.root;
    if (magic.place === 'namespace') return undefined;
    const place = walk(this.kernel.walkerOf(record), record.path);
    return failed(place) ? undefined : place;
  }

  // ---- making descriptors

  open(record: ProcessRecord, path: string, flags: OpenFlags, mode?: number): Result<number> {
    const again = this.#reopen(record, path, flags);
    if (again !== undefined) return again;
    const opened = this.calls(record).open(path, flags, mode);
    if (failed(opened)) return opened;
    const kind = this.#kindOf(record, opened.place, flags);
    if (failed(kind)) return kind;
    const shown = record.mounts.pathOf(opened.place, record.root) ?? path;
    return this.add(record, this.make(kind, flags, shown, opened.place), flags.closeOnExec === true);
  }

  /** /dev/stdout, /dev/fd/N, /proc/PID/fd/N of something that has no path: another description of the same thing. */
  #reopen(record: ProcessRecord, path: string, flags: OpenFlags): Result<number> | undefined {
    const file = this.#linked(record, path);
    if (file === undefined || failed(file)) return file;
    const { kind } = file;
    if (kind.type === 'node') return undefined;
    if (kind.type === 'socket') return fail('ENXIO');
    const fresh: FileKind =
      kind.type === 'pipe'
        ? { ...kind, end: flags.write === true ? (flags.read === true ? 'both' : 'write') : 'read' }
        : kind;
    return this.add(record, this.make(fresh, flags, file.path, file.place), flags.closeOnExec === true);
  }

  /** The open file that such a path leads to. */
  #linked(record: ProcessRecord, path: string): Result<OpenFile> | undefined {
    if (!path.includes('/fd/') && !path.startsWith('/dev/std')) return undefined;
    const walker = this.kernel.walkerOf(record);
    const place = walk(walker, path, { magic: () => undefined });
    if (failed(place) || place.node.type !== 'symlink' || !('entry' in place.node)) return undefined;
    const { magic } = place.node.entry as { readonly magic?: Magic };
    if (magic === undefined || !('fd' in magic)) return undefined;
    return this.kernel.records.get(magic.pid)?.descriptors.get(magic.fd)?.file ?? fail('ENOENT');
  }

  #kindOf(record: ProcessRecord, place: Place, flags: OpenFlags): Result<FileKind> {
    const { node } = place;
    if (node.type === 'fifo') {
      const end = flags.write === true ? (flags.read === true ? 'both' : 'write') : 'read';
      return { type: 'pipe', pipe: this.kernel.streams.fifoOf(nodeKey(node)).id, end };
    }
    if (node.type !== 'char' && node.type !== 'block') return { type: 'node', place };
    const rdev = node.stat().rdev ?? [0, 0];
    if (!mayOpenDevice(record.cgroup, node.type, rdev)) return fail('EPERM');
    if (node.type === 'block') return { type: 'node', place };
    const device = deviceName(rdev);
    if (device === 'tty') return record.tty === undefined ? fail('ENXIO') : { type: 'tty', tty: record.tty };
    if (device === 'pts') {
      const tty = this.kernel.ttys.get(rdev[1]);
      if (tty === undefined) return fail('EIO');
      if (record.session === record.pid && record.tty === undefined && tty.session === 0) this.takeTty(record, tty);
      return { type: 'tty', tty: tty.id };
    }
    if (device === 'ptmx') {
      const id = this.kernel.ttys.create();
      const tty = this.kernel.ttys.get(id);
      // The table counts the creating component as a controller; here it is this description.
      if (tty !== undefined) tty.controllers = 0;
      return { type: 'controller', tty: id };
    }
    if (device === 'unknown') return fail('ENXIO');
    return { type: 'device', device };
  }

  /** Makes a terminal the controlling one of a session leader. */
  takeTty(record: ProcessRecord, tty: Tty): void {
    record.tty = tty.id;
    tty.session = record.session;
    tty.foreground = record.group;
  }

  make(kind: FileKind, flags: OpenFlags, path: string, place: Place | undefined): OpenFile {
    const file: OpenFile = { id: this.#nextFile, kind, flags, path, place, offset: 0, references: 0 };
    this.#nextFile += 1;
    return file;
  }

  /** The lowest free descriptor; EMFILE at the limit. */
  add(record: ProcessRecord, file: OpenFile, closeOnExec: boolean, atLeast = 0): Result<number> {
    let fd = atLeast;
    while (record.descriptors.has(fd)) fd += 1;
    if (fd >= (record.limits.get('nofile')?.soft ?? 1024)) {
      if (file.references === 0) {
        this.#hold(file);
        this.#release(file);
      }
      return fail('EMFILE');
    }
    this.install(record, fd, file, closeOnExec);
    return fd;
  }

  install(record: ProcessRecord, fd: number, file: OpenFile, closeOnExec: boolean): void {
    this.#reference(file);
    const old = record.descriptors.get(fd);
    record.descriptors.set(fd, { file, closeOnExec });
    if (old !== undefined) this.#dereference(old.file);
  }

  installStdio(record: ProcessRecord, fd: number, spec: StdioSpec, parent: ProcessRecord | undefined): Result<void> {
    const file = stdioFile(this, record, fd, spec, parent);
    if (file === undefined) return undefined;
    if (failed(file)) return file;
    this.install(record, fd, file, false);
  }

  installSocket(
    record: ProcessRecord,
    socket: number,
    options: { readonly listening?: boolean; readonly datagram?: boolean } = {},
  ): Result<number> {
    const kind: FileKind = {
      type: 'socket',
      socket,
      listening: options.listening === true,
      datagram: options.datagram === true,
    };
    return this.add(
      record,
      this.make(kind, { read: true, write: true }, `socket:[${String(socket)}]`, undefined),
      false,
    );
  }

  pipe(record: ProcessRecord): Result<readonly [number, number]> {
    const pipe = this.kernel.streams.open();
    const read = this.add(
      record,
      this.make({ type: 'pipe', pipe: pipe.id, end: 'read' }, { read: true }, pipePath(pipe.id), undefined),
      false,
    );
    if (failed(read)) return read;
    const write = this.add(
      record,
      this.make({ type: 'pipe', pipe: pipe.id, end: 'write' }, { write: true }, pipePath(pipe.id), undefined),
      false,
    );
    if (failed(write)) {
      this.close(record, read);
      return write;
    }
    return [read, write];
  }

  openpty(
    record: ProcessRecord,
    size: WindowSize | undefined,
  ): Result<{ readonly controller: number; readonly terminal: number; readonly name: string }> {
    const { ttys } = this.kernel;
    const id = ttys.create(size === undefined ? {} : { size });
    const tty = ttys.get(id);
    if (tty === undefined) return fail('ENOSPC');
    tty.controllers = 0;
    const controller = this.add(
      record,
      this.make({ type: 'controller', tty: id }, { read: true, write: true }, '/dev/ptmx', undefined),
      true,
    );
    if (failed(controller)) return controller;
    const terminal = this.add(
      record,
      this.make({ type: 'tty', tty: id }, { read: true, write: true }, ttys.name(id), undefined),
      false,
    );
    return failed(terminal) ? terminal : { controller, terminal, name: ttys.name(id) };
  }

  close(record: ProcessRecord, fd: number): Result<void> {
    const descriptor = record.descriptors.get(fd);
    if (descriptor === undefined) return fail('EBADF');
    record.descriptors.delete(fd);
    this.#dereference(descriptor.file);
  }

  closeAll(record: ProcessRecord): void {
    for (const fd of [...record.descriptors.keys()]) this.close(record, fd);
  }

  // ---- asking

  file(record: ProcessRecord, fd: number): OpenFile | undefined {
    return record.descriptors.get(fd)?.file;
  }

  ttyOf(record: ProcessRecord, fd: number): Result<Tty> {
    const file = this.file(record, fd);
    if (file === undefined) return fail('EBADF');
    const { kind } = file;
    const tty = kind.type === 'tty' || kind.type === 'controller' ? this.kernel.ttys.get(kind.tty) : undefined;
    return tty ?? fail(kind.type === 'tty' ? 'EIO' : 'ENOTTY');
  }

  stat(record: ProcessRecord, fd: number): Result<FileStat> {
    const file = this.file(record, fd);
    return file === undefined ? fail('EBADF') : this.#statOf(record, file);
  }

  /** stat(2) of a path like /dev/stdin that leads to something without a path; undefined for every other. */
  statLinked(record: ProcessRecord, path: string): Result<FileStat> | undefined {
    const file = this.#linked(record, path);
    if (file === undefined || failed(file)) return file;
    return file.place === undefined ? this.#statOf(record, file) : undefined;
  }

  #statOf(record: ProcessRecord, file: OpenFile): FileStat {
    if (file.place !== undefined) return file.place.node.stat();
    const now = this.kernel.simulation.clock.unixMs;
    const { kind } = file;
    const type = kind.type === 'pipe' ? 'fifo' : kind.type === 'socket' ? 'socket' : 'char';
    const rdev: readonly [number, number] =
      kind.type === 'tty' ? [136, kind.tty] : kind.type === 'controller' ? [5, 2] : [1, 3];
    return {
      type,
      device: type === 'char' ? 6 : 14,
      inode: kind.type === 'pipe' ? 20_000 + kind.pipe : 30_000 + file.id,
      mode: type === 'char' ? (kind.type === 'tty' ? (this.kernel.ttys.get(kind.tty)?.mode ?? 0o620) : 0o666) : 0o600,
      links: 1,
      uid: record.credentials.uid,
      gid: record.credentials.gid,
      size: 0,
      blocks: 0,
      modifiedMs: now,
      accessedMs: now,
      changedMs: now,
      ...(type === 'char' ? { rdev } : {}),
    };
  }

  // ---- moving bytes

  read(record: ProcessRecord, pending: PendingCall): Attempt {
    return readFile(this, record, pending);
  }

  write(record: ProcessRecord, pending: PendingCall): Attempt {
    return writeFile(this, record, pending);
  }

  /** Writes what fits without waiting and answers how much that was. */
  writeNow(record: ProcessRecord, fd: number, bytes: Uint8Array): number {
    return writeNow(this, record, fd, bytes);
  }

  isReady(record: ProcessRecord, request: PollRequest): boolean {
    return isReady(this, record, request);
  }

  awaitReady(record: ProcessRecord, pending: PendingCall, request: PollRequest): void {
    awaitReady(this, record, pending, request);
  }

  /** A call is over: it leaves the queues it stood in. */
  forgetWait(record: ProcessRecord, pending: PendingCall): void {
    if (!QUEUED_CALLS.has(pending.name)) return;
    this.forgetWaits(record, pending.number);
  }

  forgetWaits(record: ProcessRecord, call?: number): void {
    this.kernel.locks.forget(record.pid, call);
    for (const { file } of record.descriptors.values()) {
      if (file.kind.type === 'pipe') this.kernel.streams.forget(file.kind.pipe, record.pid, call);
      else if (file.kind.type === 'tty' || file.kind.type === 'controller') this.kernel.ttys.forget(record.pid, call);
    }
  }

  // ---- references

  #reference(file: OpenFile): void {
    file.references += 1;
    if (file.references === 1) this.#hold(file);
  }

  #dereference(file: OpenFile): void {
    file.references -= 1;
    if (file.references === 0) this.#release(file);
    else if (file.kind.type === 'socket') handOver(this.kernel, file, file.kind.socket);
  }

  #hold({ kind }: OpenFile): void {
    const { streams, ttys } = this.kernel;
    if (kind.type === 'node') kind.place.node.opened(1);
    else if (kind.type === 'pipe') {
      const pipe = streams.get(kind.pipe);
      if (pipe === undefined) return;
      if (kind.end !== 'write') streams.hold(pipe, 'read');
      if (kind.end !== 'read') streams.hold(pipe, 'write');
    } else if (kind.type === 'tty' || kind.type === 'controller') {
      const tty = ttys.get(kind.tty);
      if (tty !== undefined) ttys.hold(tty, kind.type === 'tty' ? 'terminal' : 'controller');
    }
  }

  #release(file: OpenFile): void {
    const { kind } = file;
    const { streams, ttys, sockets, locks } = this.kernel;
    if (kind.type === 'node') {
      kind.place.node.opened(-1);
      locks.release(file);
    } else if (kind.type === 'pipe') {
      const pipe = streams.get(kind.pipe);
      if (pipe === undefined) return;
      if (kind.end !== 'write') streams.close(pipe, 'read');
      if (kind.end !== 'read') streams.close(pipe, 'write');
    } else if (kind.type === 'tty' || kind.type === 'controller') {
      const tty = ttys.get(kind.tty);
      if (tty !== undefined) ttys.release(tty, kind.type === 'tty' ? 'terminal' : 'controller');
    } else if (kind.type === 'socket') sockets?.close(kind.socket);
  }
}
