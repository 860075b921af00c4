/** sftp-server: files of this host for scp, sftp and rsync of another, by packets on standard input and output. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Fd, FileStat, Process, Program } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { longLine } from './sftp-listing.ts';
import { type SshReader, SshWriter } from '../../../formats/keys/ssh-wire.ts';
import {
  attributesOf,
  FX,
  FXP,
  OPEN,
  packet,
  PacketReader,
  readAttributes,
  SFTP_CHUNK,
  SFTP_VERSION,
  statusOf,
  writeAttributes,
  type SftpAttributes,
} from './sftp-packets.ts';

/** What a handle stands for: an open file, or what is left of a directory's entries. */
type Handle = { readonly type: 'file'; readonly fd: Fd } | { readonly type: 'directory'; entries: readonly Entry[] };
interface Entry {
  readonly name: string;
  readonly attributes: SftpAttributes;
  /** What ls -l would show, for clients that have no names of their own for owners. */
  readonly line?: string;
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  [FX.ok]: 'Success',
  [FX.eof]: 'End of file',
  [FX.noSuchFile]: 'No such file',
  [FX.permissionDenied]: 'Permission denied',
  [FX.failure]: 'Failure',
  [FX.unsupported]: 'Operation unsupported',
};

class SftpServer {
  readonly #handles = new Map<string, Handle>();
  #next = 0;
  constructor(private readonly process: Process) {}

  async run(): Promise<number> {
    const packets = new PacketReader(this.process, 0);
    for (;;) {
      const request = await packets.next();
      if (request === undefined) return 0;
      const type = request.byte();
      const answer =
        type === FXP.init
          ? packet(FXP.version, new SshWriter().uint32(SFTP_VERSION))
          : await this.#answer(type, request);
      if (failed(await this.process.write(1, answer))) return 1;
    }
  }

  async #answer(type: number, request: SshReader): Promise<Uint8Array> {
    const id = request.uint32();
    switch (type) {
      case FXP.open:
        return this.#open(id, request);
      case FXP.close:
        return this.#close(id, request);
      case FXP.read:
        return await this.#read(id, request);
      case FXP.write:
        return await this.#write(id, request);
      case FXP.opendir:
        return this.#opendir(id, request.text());
      case FXP.readdir:
        return this.#readdir(id, request.text());
      case FXP.stat:
      case FXP.lstat: {
        const path = request.text();
        const stat = type === FXP.stat ? this.process.stat(path) : this.process.lstat(path);
        if (failed(stat)) return this.#done(id, stat);
        return packet(FXP.attrs, writeAttributes(new SshWriter().uint32(id), attributesOf(stat)));
      }
      case FXP.realpath: {
        const path = request.text();
        const real = this.process.realpath(path === '' ? '.' : path);
        return failed(real) ? this.#done(id, real) : this.#names(id, [{ name: real, attributes: {} }]);
      }
      case FXP.readlink: {
        const target = this.process.readlink(request.text());
        return failed(target) ? this.#done(id, target) : this.#names(id, [{ name: target, attributes: {} }]);
      }
      default:
        return this.#change(id, type, request);
    }
  }

  /** Requests that change something and answer with a status. */
  #change(id: number, type: number, request: SshReader): Uint8Array {
    const { process } = this;
    const path = request.text();
    switch (type) {
      case FXP.setstat:
        return this.#done(id, this.#set(path, readAttributes(request)));
      case FXP.remove:
        return this.#done(id, process.unlink(path));
      case FXP.mkdir:
        return this.#done(id, process.mkdir(path, readAttributes(request).mode ?? 0o777));
      case FXP.rmdir:
        return this.#done(id, process.rmdir(path));
      case FXP.rename: {
        const to = request.text();
        return this.#done(id, failed(process.lstat(to)) ? process.rename(path, to) : { errno: 'EEXIST' });
      }
      case FXP.symlink:
        // OpenSSH's order: the target first.
        return this.#done(id, process.symlink(path, request.text()));
      case FXP.extended:
        return this.#extended(id, path, request);
      default:
        return this.#status(id, FX.unsupported);
    }
  }

  /** Requests beyond the protocol, by name. */
  #extended(id: number, name: string, request: SshReader): Uint8Array {
    switch (name) {
      case 'posix-rename@openssh.com':
        return this.#done(id, this.process.rename(request.text(), request.text()));
      case 'hardlink@openssh.com':
        return this.#done(id, this.process.link(request.text(), request.text()));
      default:
        return this.#status(id, FX.unsupported);
    }
  }

  #set(path: string, { size, owner, mode, times }: SftpAttributes): Result<void> {
    const { process } = this;
    const steps: readonly (() => Result<void>)[] = [
      ...(size === undefined ? [] : [() => process.truncate(path, size)]),
      ...(mode === undefined ? [] : [() => process.chmod(path, mode)]),
      ...(times === undefined ? [] : [() => process.utimes(path, times[0] * 1_000, times[1] * 1_000)]),
      ...(owner === undefined ? [] : [() => process.chown(path, owner[0], owner[1])]),
    ];
    for (const step of steps) {
      const done = step();
      if (failed(done)) return done;
    }
    return undefined;
  }

  #handle(handle: Handle): string {
    const name = String(this.#next);
    this.#next += 1;
    this.#handles.set(name, handle);
    return name;
  }

  #open(id: number, request: SshReader): Uint8Array {
    const path = request.text();
    const flags = request.uint32();
    const { mode = 0o666 } = readAttributes(request);
    const fd = this.process.open(
      path,
      {
        read: (flags & OPEN.read) !== 0,
        write: (flags & OPEN.write) !== 0,
        create: (flags & OPEN.create) !== 0,
        truncate: (flags & OPEN.truncate) !== 0,
      },
      mode,
    );
    if (failed(fd)) return this.#done(id, fd);
    return packet(FXP.handle, new SshWriter().uint32(id).string(this.#handle({ type: 'file', fd })));
  }

  #close(id: number, request: SshReader): Uint8Array {
    const name = request.text();
    const handle = this.#handles.get(name);
    if (handle?.type === 'file') this.process.close(handle.fd);
    return this.#status(id, this.#handles.delete(name) ? FX.ok : FX.noSuchFile);
  }

  async #read(id: number, request: SshReader): Promise<Uint8Array> {
    const handle = this.#handles.get(request.text());
    const offset = request.uint64();
    const length = Math.min(request.uint32(), SFTP_CHUNK);
    if (handle?.type !== 'file') return this.#status(id, FX.failure);
    this.process.seek(handle.fd, offset, 'set');
    const bytes = await this.process.read(handle.fd, length);
    if (failed(bytes)) return this.#done(id, bytes);
    if (bytes.length === 0) return this.#status(id, FX.eof);
    return packet(FXP.data, new SshWriter().uint32(id).string(bytes));
  }

  async #write(id: number, request: SshReader): Promise<Uint8Array> {
    const handle = this.#handles.get(request.text());
    const offset = request.uint64();
    if (handle?.type !== 'file') return this.#status(id, FX.failure);
    this.process.seek(handle.fd, offset, 'set');
    const written = await this.process.write(handle.fd, request.string());
    return failed(written) ? this.#done(id, written) : this.#status(id, FX.ok);
  }

  #opendir(id: number, path: string): Uint8Array {
    const { process } = this;
    const found = process.readdir(path);
    if (failed(found)) return this.#done(id, found);
    const entries = ['.', '..', ...found.map(({ name }) => name)].map((name): Entry => {
      const stat = process.lstat(`${path}/${name}`);
      return failed(stat)
        ? { name, attributes: {} }
        : { name, attributes: attributesOf(stat), line: this.#line(name, stat) };
    });
    return packet(FXP.handle, new SshWriter().uint32(id).string(this.#handle({ type: 'directory', entries })));
  }

  #line(name: string, stat: FileStat): string {
    const { process } = this;
    const listed = {
      name,
      attributes: attributesOf(stat),
      links: String(stat.links),
      owner: userNameOf(process, stat.uid) ?? String(stat.uid),
      group: groupNameOf(process, stat.gid) ?? String(stat.gid),
    };
    return longLine(listed, process.time().realtimeUs);
  }

  #readdir(id: number, name: string): Uint8Array {
    const handle = this.#handles.get(name);
    if (handle?.type !== 'directory') return this.#status(id, FX.failure);
    if (handle.entries.length === 0) return this.#status(id, FX.eof);
    const { entries } = handle;
    handle.entries = entries.slice(ENTRIES_PER_PACKET);
    return this.#names(id, entries.slice(0, ENTRIES_PER_PACKET));
  }

  #names(id: number, entries: readonly Entry[]): Uint8Array {
    const writer = new SshWriter().uint32(id).uint32(entries.length);
    for (const { name, attributes, line = name } of entries)
      writeAttributes(writer.string(name).string(line), attributes);
    return packet(FXP.name, writer);
  }

  #done(id: number, result: Result<unknown>): Uint8Array {
    return this.#status(id, failed(result) ? statusOf(result.errno) : FX.ok);
  }
  #status(id: number, code: number): Uint8Array {
    const text = STATUS_TEXT[code] ?? 'Failure';
    return packet(FXP.status, new SshWriter().uint32(id).uint32(code).string(text).string(''));
  }
}
const ENTRIES_PER_PACKET = 100;

export const sftpServer: Program = {
  name: 'sftp-server',
  memoryBytes: 2_000_000,
  run: async (process) => await new SftpServer(process).run(),
};
