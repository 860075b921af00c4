/** flock (util-linux 2.39): runs a command while a file is locked, or locks a descriptor of the shell. */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror, type ErrnoName, type Result } from '../../../protocol/errno.ts';
import type { Fd, LockKind, Process } from '../../../protocol/program.ts';
import { command, type Invocation, type Options } from '../../coreutils/command.ts';
import { replaceBy } from '../../coreutils/process/env.ts';
import { runAndWait } from '../../run-child.ts';

/** sysexits.h. */
const EX_USAGE = 64;
const EX_DATAERR = 65;
const EX_NOINPUT = 66;
const EX_UNAVAILABLE = 69;
const EX_CANTCREAT = 73;

interface Wanted {
  readonly kind: LockKind | 'none';
  readonly timeoutUs: number | undefined;
  readonly conflictStatus: number;
  readonly verbose: boolean;
}

export const flock = command(
  {
    name: 'flock',
    calls: 'short',
    short: 'sexnoFuw:E:',
    long: {
      shared: 's',
      exclusive: 'x',
      unlock: 'u',
      nonblocking: 'n',
      nb: 'n',
      timeout: 'w',
      wait: 'w',
      'conflict-exit-code': 'E',
      close: 'o',
      'no-fork': 'F',
      verbose: 'verbose',
    },
    stopEarly: true,
    usage: '[options] <file>|<directory> <command> [<argument>...]',
    usageStatus: EX_USAGE,
  },
  async (call) => {
    const { io, operands, options } = call;
    const complain = async (text: string, hint = ''): Promise<number> => {
      await io.warn(text);
      await io.raw(hint);
      return EX_USAGE;
    };
    if (operands.length === 0 && options.order.length === 0)
      return await complain('not enough arguments', `${helpHint(io)}\n`);
    const wanted = wantedOf(options);
    if (typeof wanted === 'string') return await complain(wanted);
    if (options.has('F') && options.has('o'))
      return await complain('the --no-fork and --close options are incompatible');
    const [name, first, ...rest] = operands;
    if (name === undefined) return await complain('requires file descriptor, file or directory');
    if (first === undefined) {
      if (!/^[+-]?\d+$/.test(name)) return await complain(`bad file descriptor: '${name}'`);
      return await io.end((await lock(call, Number(name), name, wanted)) ?? 0);
    }
    if (first !== '-c' && first !== '--command') return await locked(call, name, [first, ...rest], wanted);
    const [text, more] = rest;
    if (text === undefined || more !== undefined)
      return await complain(`${first} requires exactly one command argument`);
    return await locked(call, name, [call.process.env['SHELL'] ?? '/bin/sh', '-c', text], wanted);
  },
);

/** What the options ask for, or what is wrong with them. */
function wantedOf(options: Options): Wanted | string {
  const kinds: Readonly<Record<string, Wanted['kind']>> = { s: 'shared', e: 'exclusive', x: 'exclusive', u: 'none' };
  const kind = options.order.findLast(([letter]) => letter in kinds)?.[0] ?? 'x';
  const seconds = options.value('w');
  if (seconds !== undefined && !/^\d*\.?\d+$|^\d+\.$/.test(seconds)) return `invalid timeout value: '${seconds}'`;
  const status = options.value('E') ?? '1';
  if (!/^\d+$/.test(status)) return `invalid exit code: '${status}'`;
  if (Number(status) > 255) return 'exit code out of range (expected 0 to 255)';
  return {
    kind: kinds[kind] ?? 'exclusive',
    timeoutUs: options.has('n') ? 0 : seconds === undefined ? undefined : Math.round(Number(seconds) * 1e6),
    conflictStatus: Number(status),
    verbose: options.has('verbose'),
  };
}

/** Opens the file, locks it and runs the command, whose own the lock is as long as it keeps the descriptor. */
async function locked(call: Invocation, name: string, argv: readonly string[], wanted: Wanted): Promise<number> {
  const { process, io, options } = call;
  const fd = openLockFile(process, name);
  if (failed(fd)) {
    await io.warn(`cannot open lock file ${name}: ${strerror(fd)}`);
    return CANNOT_CREATE.has(fd.errno) ? EX_CANTCREAT : EX_NOINPUT;
  }
  const refused = await lock(call, fd, name, wanted);
  if (refused !== undefined) return await io.end(refused);
  if (wanted.verbose) io.line(`flock: executing ${argv[0] ?? ''}`);
  await io.flush();
  if (options.has('o')) process.setCloseOnExec(fd, true);
  if (options.has('F')) {
    const failure = await replaceBy(process, argv);
    return await cannotRun(call, argv, strerror(failure));
  }
  const done = await runAndWait(process, argv);
  return done.type === 'done' ? done.code : await cannotRun(call, argv, done.message);
}

const CANNOT_CREATE: ReadonlySet<ErrnoName> = new Set(['EROFS', 'ENOSPC']);

/** Made where it is not there; a directory can be opened as it is. */
function openLockFile(process: Process, name: string): Result<Fd> {
  const fd = process.open(name, { read: true, create: true }, 0o666);
  return failed(fd) && fd.errno === 'EISDIR' ? process.open(name, { read: true }) : fd;
}

async function cannotRun({ io }: Invocation, argv: readonly string[], why: string): Promise<number> {
  await io.warn(`failed to execute ${argv[0] ?? ''}: ${why}`);
  return EX_UNAVAILABLE;
}

/** Waits for the lock; the exit status where there is none to be had. */
async function lock({ process, io }: Invocation, fd: Fd, name: string, wanted: Wanted): Promise<number | undefined> {
  const started = process.time().monotonicUs;
  const { kind, timeoutUs } = wanted;
  const done = kind === 'none' ? process.unlock(fd) : await process.lock(fd, kind, timeoutUs);
  if (failed(done)) {
    if (done.errno !== 'EAGAIN') {
      await io.warn(`${name}: ${strerror(done)}`);
      return EX_DATAERR;
    }
    if (wanted.verbose) await io.warn(timeoutUs === 0 ? 'failed to get lock' : 'timeout while waiting to get lock');
    return wanted.conflictStatus;
  }
  if (wanted.verbose)
    io.line(`flock: getting lock took ${((process.time().monotonicUs - started) / 1e6).toFixed(6)} seconds`);
  return undefined;
}
