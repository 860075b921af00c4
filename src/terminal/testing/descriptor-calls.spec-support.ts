import * as fs from 'node:fs';
import { fail, failed } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import type { AllocateOptions, Fd, FileStat, OpenFlags } from '../../protocol/program.ts';
import { Died } from './died.spec-support.ts';
import { attempt, change, toStat } from './file-calls.spec-support.ts';
import type { OpenFile } from './open-file.spec-support.ts';
import { Pipe } from './open-file.spec-support.ts';
import type { TestProcess } from './test-process.spec-support.ts';

const PIPE_CAPACITY = 65_536;
const FIFO: FileStat = {
  type: 'fifo',
  device: 0,
  inode: 0,
  mode: 0o600,
  links: 1,
  uid: 0,
  gid: 0,
  size: 0,
  blocks: 0,
  modifiedMs: 0,
  accessedMs: 0,
  changedMs: 0,
};

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = fs.constants;

function openBits(flags: OpenFlags): number {
  const access = flags.write === true ? (flags.read === true ? O_RDWR : O_WRONLY) : O_RDONLY;
  return (
    access |
    (flags.create === true ? O_CREAT : 0) |
    (flags.truncate === true ? O_TRUNC : 0) |
    (flags.append === true ? O_APPEND : 0) |
    (flags.exclusive === true ? O_EXCL : 0)
  );
}

export function descriptorCalls(self: TestProcess) {
  const file = (fd: Fd): OpenFile | undefined => self.fds.get(fd)?.file;
  /** /dev/fd/3, /dev/stdin: one more descriptor for what is open already. */
  const again = (name: string): Result<Fd> | undefined => {
    const match = /^\/dev\/(?:fd\/(\d+)|std(in|out|err))$/.exec(name);
    if (match === null) return undefined;
    const entry = file(match[1] === undefined ? ['in', 'out', 'err'].indexOf(match[2] ?? '') : Number(match[1]));
    return entry === undefined ? fail('ENOENT') : self.install(entry);
  };
  return {
    open: (name: string, flags: OpenFlags, mode = 0o666): Result<Fd> => {
      const known = again(name);
      if (known !== undefined) return known;
      const open = (target: string): Fd => {
        const fresh = flags.create === true && !fs.existsSync(target);
        const real = fs.openSync(target, openBits(flags), mode);
        if (fresh) fs.fchmodSync(real, mode & ~self.mask);
        return self.install({ kind: 'file', real, position: 0, append: flags.append === true, count: 0 });
      };
      if (flags.write === true) return change(self, name, open);
      return attempt(() => (name === '' ? fail('ENOENT') : open(self.resolve(name))));
    },
    close: (fd: Fd) => (self.closeFd(fd) ? undefined : fail('EBADF')),
    dup: (fd: Fd, atLeast = 0) => {
      const entry = file(fd);
      return entry === undefined ? fail('EBADF') : self.install(entry, atLeast);
    },
    dup2: (from: Fd, to: Fd) => {
      const entry = file(from);
      if (entry === undefined) return fail('EBADF');
      if (from === to) return to;
      entry.count += 1;
      self.closeFd(to);
      self.fds.set(to, { file: entry, cloexec: false });
      return to;
    },
    setCloseOnExec: (fd: Fd, on: boolean) => {
      const entry = self.fds.get(fd);
      if (entry !== undefined) entry.cloexec = on;
      return undefined;
    },
    descriptors: () => [...self.fds.keys()].sort((a, b) => a - b),
    seek: (fd: Fd, offset: number, whence: string) => {
      const entry = file(fd);
      if (entry === undefined) return fail('EBADF');
      if (entry.real === undefined || !fs.fstatSync(entry.real).isFile()) return fail('ESPIPE');
      const { size } = fs.fstatSync(entry.real);
      // Node cannot ask where holes are: all of it is data.
      if (whence === 'data' && offset >= size) return fail('ENXIO');
      if (whence === 'hole') entry.position = size;
      if (whence === 'data') entry.position = offset;
      if (whence === 'data' || whence === 'hole') return entry.position;
      const base = whence === 'set' ? 0 : whence === 'current' ? entry.position : size;
      entry.position = base + offset;
      return entry.position;
    },
    // Node cannot ask for room: the file only gets longer.
    allocate: (fd: Fd, offset: number, length: number, options: AllocateOptions = {}) => {
      const entry = file(fd);
      if (entry?.real === undefined) return fail('EBADF');
      const longer = offset + length > fs.fstatSync(entry.real).size;
      if (longer && options.keepSize !== true && options.punchHole !== true)
        fs.ftruncateSync(entry.real, offset + length);
      return undefined;
    },
    fstat: (fd: Fd) => {
      const entry = file(fd);
      if (entry === undefined) return fail('EBADF');
      return entry.real === undefined ? FIFO : toStat(fs.fstatSync(entry.real));
    },
    pipe: () => {
      const pipe = new Pipe();
      return [self.install(pipe.end('pipe-read'), 3), self.install(pipe.end('pipe-write'), 3)] as const;
    },
    read: async (fd: Fd, max = 65_536) => await readFrom(self, file(fd), max),
    write: async (fd: Fd, bytes: Uint8Array) => await writeTo(self, file(fd), bytes),
    poll: async (requests: readonly { readonly fd: Fd }[], timeoutUs?: number) =>
      await poll(
        self,
        requests.map(({ fd }) => fd),
        timeoutUs,
      ),
  };
}

async function readFrom(self: TestProcess, entry: OpenFile | undefined, max: number): Promise<Result<Uint8Array>> {
  self.world.activity += 1;
  if (entry === undefined) return fail('EBADF');
  const { pipe, real } = entry;
  if (real !== undefined) {
    const buffer = new Uint8Array(max);
    const got = attempt(() => fs.readSync(real, buffer, 0, max, entry.position));
    if (failed(got)) return got;
    entry.position += got;
    return buffer.slice(0, got);
  }
  if (entry.kind !== 'pipe-read' || pipe === undefined) return fail('EBADF');
  for (;;) {
    const [chunk] = pipe.chunks;
    if (chunk !== undefined) {
      const piece = chunk.subarray(0, max);
      if (piece.length < chunk.length) pipe.chunks[0] = chunk.subarray(max);
      else pipe.chunks.shift();
      pipe.size -= piece.length;
      pipe.wake();
      return piece;
    }
    if (pipe.writers === 0) return new Uint8Array(0);
    if (self.pendingSignals.length > 0) return fail('EINTR');
    await self.blocked((wake) => {
      pipe.watch(wake);
    });
  }
}

async function writeTo(self: TestProcess, entry: OpenFile | undefined, bytes: Uint8Array): Promise<Result<number>> {
  self.world.activity += 1;
  if (entry === undefined) return fail('EBADF');
  const { pipe, real } = entry;
  if (real !== undefined) {
    const at = entry.append ? null : entry.position;
    const wrote = attempt(() => fs.writeSync(real, bytes, 0, bytes.length, at));
    if (failed(wrote)) return wrote;
    entry.position += bytes.length;
    return bytes.length;
  }
  if (pipe === undefined || entry.kind !== 'pipe-write') return fail('EBADF');
  for (;;) {
    if (pipe.readers === 0) {
      if ((self.dispositions.get('SIGPIPE') ?? 'default') !== 'default') return fail('EPIPE');
      self.signal('SIGPIPE');
      throw new Died();
    }
    if (pipe.size < PIPE_CAPACITY) break;
    await self.blocked((wake) => {
      pipe.watch(wake);
    });
  }
  if (bytes.length > 0) pipe.chunks.push(bytes.slice());
  pipe.size += bytes.length;
  pipe.wake();
  return bytes.length;
}

async function poll(self: TestProcess, fds: readonly Fd[], timeoutUs: number | undefined): Promise<Result<Fd[]>> {
  const { world } = self;
  const ready = (): Fd[] =>
    fds.filter((fd) => {
      const entry = self.fds.get(fd)?.file;
      return entry?.kind === 'file' || (entry?.pipe !== undefined && (entry.pipe.size > 0 || entry.pipe.writers === 0));
    });
  const untilUs = timeoutUs === undefined ? Infinity : world.nowUs + timeoutUs;
  while (ready().length === 0 && world.nowUs < untilUs) {
    if (self.pendingSignals.length > 0) return fail('EINTR');
    await self.blocked((wake) => {
      if (untilUs < Infinity) world.at(untilUs, wake);
      for (const fd of fds) self.fds.get(fd)?.file.pipe?.watch(wake);
    });
  }
  return ready();
}
