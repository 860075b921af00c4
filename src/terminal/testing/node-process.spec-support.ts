/**
 * A `Process` for specs: files are the real ones under Node, processes, pipes and signals live in memory, time is counted.
 * It lets a snippet run in Drydock's shell and in the machine's own in the same kind of directory.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fail, failed } from '../../protocol/errno.ts';
import type { ErrnoName, Result } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type {
  Fd,
  FileStat,
  Pid,
  Process,
  ProgramTable,
  Signal,
  SpawnOptions,
  WaitStatus,
} from '../../protocol/program.ts';

class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  readers = 0;
  writers = 0;
  waiters: (() => void)[] = [];
  wake(): void {
    const list = this.waiters;
    this.waiters = [];
    for (const run of list) run();
  }
}

interface OpenFile {
  readonly kind: 'file' | 'pipe-read' | 'pipe-write' | 'null';
  readonly real?: number;
  readonly pipe?: Pipe;
  position: number;
  append: boolean;
  count: number;
}

export interface World {
  readonly programs: ProgramTable;
  nextPid: number;
  readonly processes: Map<Pid, NodeProcess>;
  nowUs: number;
  forks: number;
}

const errnoOf = (error: unknown): Result<never> => fail(((error as { code?: string }).code ?? 'EIO') as ErrnoName);

function attempt<T>(work: () => T): Result<T> {
  try {
    return work();
  } catch (error) {
    return errnoOf(error);
  }
}

class Died extends Error {}

export class NodeProcess {
  readonly world: World;
  readonly pid: Pid;
  readonly ppid: Pid;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  directory: string;
  fds = new Map<Fd, { file: OpenFile; cloexec: boolean }>();
  mask = 0o022;
  group: Pid;
  dispositions = new Map<Signal, string>();
  pendingSignals: Signal[] = [];
  status: WaitStatus | undefined;
  readonly children = new Map<Pid, NodeProcess>();
  childWaiters: (() => void)[] = [];
  generation = 0;

  constructor(
    world: World,
    parent: NodeProcess | undefined,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    directory: string,
  ) {
    this.world = world;
    world.nextPid += 1;
    this.pid = world.nextPid;
    this.ppid = parent?.pid ?? 1;
    this.group = parent?.group ?? this.pid;
    this.argv = argv;
    this.env = env;
    this.directory = directory;
    world.processes.set(this.pid, this);
    parent?.children.set(this.pid, this);
    if (parent !== undefined)
      for (const [signal, how] of parent.dispositions) if (how === 'ignore') this.dispositions.set(signal, how);
  }

  resolve(name: string): string {
    if (name.startsWith('/dev/fd/'))
      return `/proc/self/fd/${String(this.fds.get(Number(name.slice(8)))?.file.real ?? 0)}`;
    return path.resolve(this.directory, name) + (name.endsWith('/') && name.length > 1 ? '/' : '');
  }

  exit(status: WaitStatus): void {
    if (this.status !== undefined) return;
    this.status = status;
    for (const fd of [...this.fds.keys()]) this.closeFd(fd);
    const parent = this.world.processes.get(this.ppid);
    const waiters = parent?.childWaiters ?? [];
    if (parent !== undefined) parent.childWaiters = [];
    for (const run of waiters) run();
  }

  closeFd(fd: Fd): boolean {
    const entry = this.fds.get(fd);
    if (entry === undefined) return false;
    this.fds.delete(fd);
    const { file } = entry;
    file.count -= 1;
    if (file.count === 0) {
      if (file.real !== undefined) fs.closeSync(file.real);
      if (file.kind === 'pipe-read' && file.pipe !== undefined) file.pipe.readers -= 1;
      if (file.kind === 'pipe-write' && file.pipe !== undefined) file.pipe.writers -= 1;
      file.pipe?.wake();
    }
    return true;
  }
  install(file: OpenFile, atLeast = 0): Fd {
    let fd = atLeast;
    while (this.fds.has(fd)) fd += 1;
    file.count += 1;
    this.fds.set(fd, { file, cloexec: false });
    return fd;
  }
  signal(signal: Signal): void {
    if (this.status !== undefined) return;
    const how = this.dispositions.get(signal) ?? 'default';
    if (signal === 'SIGKILL' || (how === 'default' && !['SIGCHLD', 'SIGCONT', 'SIGWINCH', 'SIGURG'].includes(signal))) {
      this.generation += 1;
      this.exit({ pid: this.pid, type: 'killed', signal });
    } else if (how === 'catch') {
      this.pendingSignals.push(signal);
      const list = this.childWaiters;
      this.childWaiters = [];
      for (const run of list) run();
    }
  }

  launch(run: (process: Process) => Promise<number>): void {
    const { generation } = this;
    const context = makeContext(this);
    void Promise.resolve()
      .then(() => run(context))
      .then(
        (code) => {
          if (generation === this.generation) this.exit({ pid: this.pid, type: 'exited', code: code & 255 });
        },
        (error: unknown) => {
          if (error instanceof Died || generation !== this.generation) return;
          process.stderr.write(`program crashed: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
          this.exit({ pid: this.pid, type: 'exited', code: 134 });
        },
      );
  }

  copyFds(child: NodeProcess, options: SpawnOptions | undefined, exec: boolean): void {
    const map =
      options?.fds ?? [...this.fds].filter(([, { cloexec }]) => !exec || !cloexec).map(([fd]) => [fd, fd] as const);
    for (const [to, from] of map) {
      const entry = this.fds.get(from);
      if (entry === undefined) continue;
      entry.file.count += 1;
      child.fds.set(to, { file: entry.file, cloexec: options?.fds === undefined && !exec && entry.cloexec });
    }
    if (options?.processGroup !== undefined)
      child.group = options.processGroup === 0 ? child.pid : options.processGroup;
    for (const signal of options?.ignoredSignals ?? []) child.dispositions.set(signal, 'ignore');
  }
}

function toStat(found: fs.Stats): FileStat {
  const type = found.isDirectory()
    ? 'directory'
    : found.isSymbolicLink()
      ? 'symlink'
      : found.isFIFO()
        ? 'fifo'
        : found.isCharacterDevice()
          ? 'char'
          : found.isBlockDevice()
            ? 'block'
            : found.isSocket()
              ? 'socket'
              : 'file';
  return {
    type,
    device: found.dev,
    inode: found.ino,
    mode: found.mode & 0o7777,
    links: found.nlink,
    uid: found.uid,
    gid: found.gid,
    size: found.size,
    modifiedMs: found.mtimeMs,
    accessedMs: found.atimeMs,
    changedMs: found.ctimeMs,
  };
}

function makeContext(self: NodeProcess): Process {
  const { world } = self;
  const file = (fd: Fd): OpenFile | undefined => self.fds.get(fd)?.file;
  const program = (name: string) => world.programs.get(path.basename(name));
  const table: Record<string, unknown> = {
    pid: self.pid,
    ppid: self.ppid,
    get argv() {
      return self.argv;
    },
    get env() {
      return self.env;
    },
    checkpoint: (state: Plain) => {
      structuredClone(state);
    },
    checkpointLazily: () => undefined,
    hold: async (work: Promise<unknown>) => await work,
    time: () => ({ realtimeUs: 1_772_409_600_000_000 + world.nowUs, monotonicUs: world.nowUs }),
    times: () => ({ userUs: 1000, systemUs: 500, childrenUserUs: 0, childrenSystemUs: 0 }),
    sleep: async (us: number) => {
      world.nowUs += us;
      await new Promise((done) => setTimeout(done, Math.min(50, us / 20_000)));
      return undefined;
    },
    sleepUntil: async () => undefined,
    cpu: async (us: number) => {
      world.nowUs += us;
      await new Promise((done) => setImmediate(done));
      if (self.status !== undefined) throw new Died();
    },
    account: (us: number) => {
      world.nowUs += us;
    },
    memory: () => undefined,
    random: (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 37 + world.nowUs) & 255),
    credentials: () => ({ uid: 0, gid: 0, groups: [], capabilities: 'all' }),
    setCredentials: () => undefined,
    hostname: () => 'testhost',
    sethostname: () => undefined,
    umask: (mask?: number) => {
      const old = self.mask;
      if (mask !== undefined) self.mask = mask;
      return old;
    },
    processGroup: (pid?: Pid) => (pid === undefined ? self.group : (world.processes.get(pid)?.group ?? fail('ESRCH'))),
    setProcessGroup: () => undefined,
    session: () => 1,
    setSession: () => 1,
    cwd: () => self.directory,
    chdir: (name: string) =>
      attempt(() => {
        const target = fs.realpathSync(self.resolve(name));
        if (!fs.statSync(target).isDirectory()) return fail('ENOTDIR');
        self.directory = target;
        return undefined;
      }),
    chroot: () => undefined,
    open: (
      name: string,
      flags: {
        read?: boolean;
        write?: boolean;
        append?: boolean;
        create?: boolean;
        exclusive?: boolean;
        truncate?: boolean;
      },
      mode = 0o666,
    ) =>
      attempt(() => {
        if (name === '') return fail('ENOENT');
        const devFd = /^\/dev\/(?:fd\/(\d+)|std(in|out|err))$/.exec(name);
        if (devFd !== null) {
          const entry = file(devFd[1] === undefined ? ['in', 'out', 'err'].indexOf(devFd[2] ?? '') : Number(devFd[1]));
          return entry === undefined ? fail('ENOENT') : self.install(entry);
        }
        let bits =
          flags.write === true
            ? flags.read === true
              ? fs.constants.O_RDWR
              : fs.constants.O_WRONLY
            : fs.constants.O_RDONLY;
        if (flags.create === true) bits |= fs.constants.O_CREAT;
        if (flags.truncate === true) bits |= fs.constants.O_TRUNC;
        if (flags.append === true) bits |= fs.constants.O_APPEND;
        if (flags.exclusive === true) bits |= fs.constants.O_EXCL;
        const real = fs.openSync(self.resolve(name), bits, mode & ~self.mask);
        return self.install({ kind: 'file', real, position: 0, append: flags.append === true, count: 0 });
      }),
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
      if (entry.kind !== 'file' || entry.real === undefined || !fs.fstatSync(entry.real).isFile())
        return fail('ESPIPE');
      const base = whence === 'set' ? 0 : whence === 'current' ? entry.position : fs.fstatSync(entry.real).size;
      entry.position = base + offset;
      return entry.position;
    },
    stat: (name: string) =>
      attempt(() => {
        if (name === '') return fail('ENOENT');
        if (/^\/(usr\/)?bin\/[^/]+$/.test(name) && program(name) !== undefined)
          return { ...toStat(fs.statSync('/bin/sh')) };
        return toStat(fs.statSync(self.resolve(name)));
      }),
    lstat: (name: string) => attempt(() => (name === '' ? fail('ENOENT') : toStat(fs.lstatSync(self.resolve(name))))),
    fstat: (fd: Fd) => {
      const entry = file(fd);
      if (entry === undefined) return fail('EBADF');
      if (entry.real === undefined)
        return {
          type: 'fifo',
          device: 0,
          inode: 0,
          mode: 0o600,
          links: 1,
          uid: 0,
          gid: 0,
          size: 0,
          modifiedMs: 0,
          accessedMs: 0,
          changedMs: 0,
        };
      return toStat(fs.fstatSync(entry.real));
    },
    access: (name: string, mode: { execute?: boolean; write?: boolean }) =>
      attempt(() => {
        if (name === '') return fail('ENOENT');
        if (/^\/(usr\/)?bin\/[^/]+$/.test(name) && program(name) !== undefined) return undefined;
        fs.accessSync(
          self.resolve(name),
          mode.execute === true ? fs.constants.X_OK : mode.write === true ? fs.constants.W_OK : fs.constants.R_OK,
        );
        return undefined;
      }),
    readdir: (name: string) =>
      attempt(() =>
        fs.readdirSync(self.resolve(name), { withFileTypes: true }).map((entry) => ({
          name: entry.name,
          inode: 1,
          type: entry.isDirectory()
            ? 'directory'
            : entry.isSymbolicLink()
              ? 'symlink'
              : entry.isFIFO()
                ? 'fifo'
                : 'file',
        })),
      ),
    readFile: (name: string) =>
      attempt(() => (name === '' ? fail('ENOENT') : new Uint8Array(fs.readFileSync(self.resolve(name))))),
    writeFile: (name: string, bytes: Uint8Array, options?: { append?: boolean; mode?: number }) =>
      attempt(() => {
        fs.writeFileSync(self.resolve(name), bytes, {
          flag: options?.append === true ? 'a' : 'w',
          mode: (options?.mode ?? 0o666) & ~self.mask,
        });
        return undefined;
      }),
    mkdir: (name: string, mode = 0o777) =>
      attempt(() => {
        fs.mkdirSync(self.resolve(name), { mode: mode & ~self.mask });
        return undefined;
      }),
    rmdir: (name: string) =>
      attempt(() => {
        fs.rmdirSync(self.resolve(name));
        return undefined;
      }),
    unlink: (name: string) =>
      attempt(() => {
        if (fs.lstatSync(self.resolve(name)).isDirectory()) return fail('EISDIR');
        fs.unlinkSync(self.resolve(name));
        return undefined;
      }),
    rename: (from: string, to: string) =>
      attempt(() => {
        fs.renameSync(self.resolve(from), self.resolve(to));
        return undefined;
      }),
    link: (from: string, to: string) =>
      attempt(() => {
        fs.linkSync(self.resolve(from), self.resolve(to));
        return undefined;
      }),
    symlink: (target: string, name: string) =>
      attempt(() => {
        fs.symlinkSync(target, self.resolve(name));
        return undefined;
      }),
    readlink: (name: string) => attempt(() => fs.readlinkSync(self.resolve(name))),
    realpath: (name: string) => attempt(() => fs.realpathSync(self.resolve(name))),
    chmod: (name: string, mode: number) =>
      attempt(() => {
        fs.chmodSync(self.resolve(name), mode);
        return undefined;
      }),
    chown: (name: string, uid: number, gid: number) =>
      attempt(() => {
        fs.chownSync(self.resolve(name), uid, gid);
        return undefined;
      }),
    utimes: (name: string, a: number, m: number) =>
      attempt(() => {
        fs.utimesSync(self.resolve(name), a / 1000, m / 1000);
        return undefined;
      }),
    truncate: (name: string, size: number) =>
      attempt(() => {
        fs.truncateSync(self.resolve(name), size);
        return undefined;
      }),
    mknod: () => fail('EPERM'),
    mount: () => fail('EPERM'),
    umount: () => fail('EPERM'),
    statfs: () => ({ type: 'ext4', totalBytes: 1e10, freeBytes: 5e9, inodes: 1e6, freeInodes: 5e5 }),
    sync: () => undefined,
    read: async (fd: Fd, max = 65_536): Promise<Result<Uint8Array>> => {
      const entry = file(fd);
      if (entry === undefined) return fail('EBADF');
      if (entry.kind === 'file' && entry.real !== undefined) {
        const buffer = new Uint8Array(max);
        const got = attempt(() => fs.readSync(entry.real ?? 0, buffer, 0, max, entry.position));
        if (failed(got)) return got;
        entry.position += got;
        return buffer.slice(0, got);
      }
      const { pipe } = entry;
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
        await new Promise<void>((done) => pipe.waiters.push(done));
        if (self.status !== undefined) throw new Died();
      }
    },
    write: async (fd: Fd, bytes: Uint8Array): Promise<Result<number>> => {
      const entry = file(fd);
      if (entry === undefined) return fail('EBADF');
      if (entry.kind === 'file' && entry.real !== undefined) {
        const wrote = attempt(() =>
          fs.writeSync(entry.real ?? 0, bytes, 0, bytes.length, entry.append ? null : entry.position),
        );
        if (failed(wrote)) return wrote;
        entry.position += bytes.length;
        return bytes.length;
      }
      const { pipe } = entry;
      if (pipe === undefined || entry.kind !== 'pipe-write') return fail('EBADF');
      for (;;) {
        if (pipe.readers === 0) {
          if ((self.dispositions.get('SIGPIPE') ?? 'default') === 'default') {
            self.signal('SIGPIPE');
            throw new Died();
          }
          return fail('EPIPE');
        }
        if (pipe.size < 65_536) break;
        await new Promise<void>((done) => pipe.waiters.push(done));
        if (self.status !== undefined) throw new Died();
      }
      if (bytes.length > 0) pipe.chunks.push(bytes.slice());
      pipe.size += bytes.length;
      pipe.wake();
      return bytes.length;
    },
    pipe: () => {
      const pipe = new Pipe();
      pipe.readers = 1;
      pipe.writers = 1;
      const reader = self.install({ kind: 'pipe-read', pipe, position: 0, append: false, count: 0 }, 3);
      return [reader, self.install({ kind: 'pipe-write', pipe, position: 0, append: false, count: 0 }, 3)] as const;
    },
    poll: async (requests: readonly { fd: Fd }[], timeoutUs?: number) => {
      const ready = (): Fd[] =>
        requests
          .map(({ fd }) => fd)
          .filter((fd) => {
            const entry = file(fd);
            return (
              entry?.kind === 'file' || (entry?.pipe !== undefined && (entry.pipe.size > 0 || entry.pipe.writers === 0))
            );
          });
      if (ready().length === 0 && timeoutUs !== 0) {
        world.nowUs += timeoutUs ?? 0;
        await new Promise((done) => setTimeout(done, 30));
      }
      return ready();
    },
    isatty: () => false,
    ttyName: () => fail('ENOTTY'),
    termios: () => fail('ENOTTY'),
    setTermios: () => fail('ENOTTY'),
    windowSize: () => fail('ENOTTY'),
    setWindowSize: () => fail('ENOTTY'),
    foregroundGroup: () => fail('ENOTTY'),
    setForegroundGroup: () => fail('ENOTTY'),
    spawn: (name: string, argv: readonly string[], options?: SpawnOptions) => {
      const entry = program(name);
      let shebang: string | undefined;
      const script = attempt(() => fs.readFileSync(self.resolve(name), 'latin1').slice(0, 200));
      if (!failed(script) && script.startsWith('#!')) shebang = /^#!\s*(\S+)/.exec(script)?.[1];
      if (shebang === undefined && (entry === undefined || !/^\/(usr\/)?s?bin\//.test(name)))
        return failed(script) ? script : fail('ENOEXEC');
      const runner = shebang === undefined ? entry : program(shebang);
      const full = shebang === undefined ? argv : [shebang, name, ...argv.slice(1)];
      if (runner === undefined) return fail('ENOENT');
      const child = new NodeProcess(world, self, full, options?.env ?? self.env, options?.cwd ?? self.directory);
      child.mask = self.mask;
      self.copyFds(child, options, true);
      child.launch(async (context) => (typeof runner === 'function' ? await runner() : runner).run(context));
      return child.pid;
    },
    fork: (state: Plain, options?: SpawnOptions) => {
      world.forks += 1;
      const saved = structuredClone(state);
      const child = new NodeProcess(world, self, self.argv, self.env, self.directory);
      child.mask = self.mask;
      for (const [signal, how] of self.dispositions) child.dispositions.set(signal, how);
      self.copyFds(child, options, false);
      const entry = program(self.argv[0]?.replace(/^-/, '') ?? '') ?? world.programs.get('bash');
      child.launch(async (context) => {
        const loaded = typeof entry === 'function' ? await entry() : entry;
        return await (loaded?.resume?.(context, saved) ?? Promise.resolve(126));
      });
      return child.pid;
    },
    exec: async (
      name: string,
      argv: readonly string[],
      env: Readonly<Record<string, string>>,
    ): Promise<Result<never>> => {
      const entry = program(name);
      if (entry === undefined || !/^\/(usr\/)?s?bin\//.test(name)) return fail('ENOEXEC');
      self.generation += 1;
      self.argv = argv;
      self.env = env;
      for (const [fd, { cloexec }] of [...self.fds]) if (cloexec) self.closeFd(fd);
      self.launch(async (context) => (typeof entry === 'function' ? await entry() : entry).run(context));
      return await new Promise<never>(() => undefined);
    },
    wait: async (pid: Pid, options?: { noHang?: boolean }): Promise<Result<WaitStatus | undefined>> => {
      for (;;) {
        const candidates = [...self.children.values()].filter(
          (child) => pid === -1 || child.pid === pid || child.group === -pid,
        );
        if (candidates.length === 0) return fail('ECHILD');
        const done = candidates.find(({ status }) => status !== undefined);
        if (done?.status !== undefined) {
          self.children.delete(done.pid);
          world.processes.delete(done.pid);
          return done.status;
        }
        if (options?.noHang === true) return undefined;
        if (self.pendingSignals.length > 0) return fail('EINTR');
        await new Promise<void>((resolve) => self.childWaiters.push(resolve));
        if (self.status !== undefined) throw new Died();
      }
    },
    kill: (pid: Pid, signal: Signal | 0) => {
      const targets =
        pid > 0
          ? [world.processes.get(pid)].filter((found) => found !== undefined)
          : [...world.processes.values()].filter(({ group }) => group === (pid === 0 ? self.group : -pid));
      if (targets.length === 0) return fail('ESRCH');
      if (signal !== 0) for (const target of targets) target.signal(signal);
      return undefined;
    },
    sigaction: (signal: Signal, how: string) => {
      const old = self.dispositions.get(signal) ?? 'default';
      self.dispositions.set(signal, how);
      return old;
    },
    takeSignals: () => {
      if (self.status !== undefined) throw new Died();
      const taken = self.pendingSignals;
      self.pendingSignals = [];
      return taken;
    },
    setName: () => undefined,
    nice: () => 0,
    rlimit: () => ({ soft: 1024, hard: 1_048_576 }),
    kernel: () => fail('ENOSYS'),
    connect: async () => fail('ECONNREFUSED'),
  };
  return table as unknown as Process;
}

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Runs one program to its end and gathers what it wrote. */
export async function runProgram(
  programs: ProgramTable,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly stdin?: string },
): Promise<Finished> {
  const world: World = { programs, nextPid: 1000, processes: new Map(), nowUs: 5_000_000, forks: 0 };
  const main = new NodeProcess(
    world,
    undefined,
    argv,
    options.env ?? { PATH: '/usr/bin:/bin', HOME: '/root' },
    options.cwd,
  );
  const collect = (fd: Fd): Uint8Array[] => {
    const pipe = new Pipe();
    pipe.readers = 1;
    pipe.writers = 1;
    const file: OpenFile = { kind: 'pipe-write', pipe, position: 0, append: false, count: 1 };
    main.fds.set(fd, { file, cloexec: false });
    const chunks: Uint8Array[] = [];
    const original = pipe.wake.bind(pipe);
    pipe.wake = (): void => {
      chunks.push(...pipe.chunks);
      pipe.chunks = [];
      pipe.size = 0;
      original();
    };
    return chunks;
  };
  const input = new Pipe();
  input.readers = 1;
  if (options.stdin !== undefined) {
    input.chunks.push(Buffer.from(options.stdin));
    input.size = options.stdin.length;
  }
  main.fds.set(0, { file: { kind: 'pipe-read', pipe: input, position: 0, append: false, count: 1 }, cloexec: false });
  const out = collect(1);
  const err = collect(2);
  const entry = programs.get(path.basename(argv[0] ?? ''));
  if (entry === undefined) throw new Error(`no program ${argv[0] ?? ''}`);
  main.launch(async (context) => (typeof entry === 'function' ? await entry() : entry).run(context));
  const started = performance.now();
  while (main.status === undefined) {
    await new Promise((done) => setImmediate(done));
    if (performance.now() - started > 10_000) {
      for (const process of world.processes.values()) process.signal('SIGKILL');
      return { stdout: Buffer.concat(out).toString(), stderr: `${Buffer.concat(err).toString()}[hung]`, status: 999 };
    }
  }
  await new Promise((done) => setImmediate(done));
  const status = main.status.type === 'exited' ? main.status.code : 128 + 15;
  return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), status };
}
