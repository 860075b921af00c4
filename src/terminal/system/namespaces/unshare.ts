/**
 * unshare (util-linux 2.39).
 * Models: mount, UTS, IPC, network, pid and cgroup namespaces, --fork, --mount-proc, root's own user namespace (-r).
 * Leaves out: user namespaces of other users and other mappings, time namespaces, namespaces kept by a file.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { lookupPath, waitFor } from '../../run-child.ts';
import { LETTERS, shellOf } from './namespaces.ts';
import { notSimulated } from '../plain-program.ts';

const base = command(
  {
    name: 'unshare',
    calls: 'short',
    short: 'muinpUCTfrcR:w:S:G:',
    absentLong:
      'boottime= monotonic= keep-caps map-auto map-group= map-groups= map-user= map-users= setgroups= load-interp=',
    helpOption: '-h',
    long: {
      mount: 'm::',
      uts: 'u::',
      ipc: 'i::',
      net: 'n::',
      pid: 'p::',
      user: 'U::',
      cgroup: 'C::',
      time: 'T::',
      fork: 'f',
      'map-root-user': 'r',
      'map-current-user': 'c',
      'mount-proc': 'proc::',
      'kill-child': 'kill::',
      propagation: 'propagation:',
      root: 'R',
      wd: 'w',
      setuid: 'S',
      setgid: 'G',
    },
    stopEarly: true,
  },
  async (call) => {
    const { io, options, process } = call;
    const file = options.order.find(([letter, value]) => letter in LETTERS && value !== '');
    if (file !== undefined) return await notSimulated(io, `unshare with a file (${file[1]})`);
    for (const letter of ['T', 'S', 'G', 'c', 'kill'])
      if (options.has(letter)) return await notSimulated(io, `unshare ${letter.length === 1 ? '-' : '--'}${letter}`);
    const propagation = options.value('propagation');
    if (propagation !== undefined && !['slave', 'private', 'shared', 'unchanged'].includes(propagation)) {
      await io.warn(`unsupported propagation mode: ${propagation}`);
      return 1;
    }
    // What is mounted here or there is never seen on the other side.
    if (propagation !== undefined && propagation !== 'private')
      return await notSimulated(io, `unshare --propagation ${propagation}`);
    const refused = await refuseUserNamespace(call);
    if (refused !== undefined) return refused;
    const kinds = Object.keys(LETTERS)
      .filter(
        (letter) =>
          options.has(letter) || (letter === 'm' && options.has('proc')) || (letter === 'U' && options.has('r')),
      )
      .map((letter) => LETTERS[letter] ?? '');
    const done = process.kernel({ subsystem: 'namespace', op: 'unshare', args: { kinds } });
    if (failed(done)) {
      await io.warn(
        call.flavour === 'busybox'
          ? `unshare(0x${cloneFlags(kinds).toString(16)}): ${strerror(done)}`
          : `unshare failed: ${strerror(done)}`,
      );
      return 1;
    }
    const argv = call.operands.length === 0 ? shellOf(process) : call.operands;
    const proc = options.has('proc') ? options.value('proc') : undefined;
    const root = options.value('R');
    const cwd = options.value('w');
    if (options.has('f') || (proc !== undefined && options.has('p')))
      return await forked(process, { argv, proc, root, cwd });
    return await enter(process, io, { argv, proc, root, cwd });
  },
);

/** As clone(2) has them (include/uapi/linux/sched.h). */
const CLONE_FLAGS: Readonly<Record<string, number>> = {
  mnt: 0x20000,
  cgroup: 0x2000000,
  uts: 0x4000000,
  ipc: 0x8000000,
  user: 0x10000000,
  pid: 0x20000000,
  net: 0x40000000,
};
const cloneFlags = (kinds: readonly string[]): number =>
  kinds.reduce((flags, kind) => flags + (CLONE_FLAGS[kind] ?? 0), 0);

export const unshare: Applet = {
  ...base,
  resume: (process, state) => enter(process, new Io(process, 'unshare'), state as unknown as Entry),
};

/** What is left to do inside the namespaces. */
interface Entry {
  readonly argv: readonly string[];
  /** Where proc is mounted; empty for /proc. */
  readonly proc: string | undefined;
  readonly root: string | undefined;
  readonly cwd: string | undefined;
}

/** Only root's own mapping of itself is modelled; Ubuntu restricts those of others. */
async function refuseUserNamespace({ io, options, process }: Invocation): Promise<number | undefined> {
  if (!options.has('U') && !options.has('r')) return undefined;
  if (process.credentials().uid !== 0) {
    const made = process.kernel({ subsystem: 'namespace', op: 'unshare', args: { kinds: ['user'] } });
    if (failed(made)) {
      await io.warn(`unshare failed: ${strerror(made)}`);
      return 1;
    }
    if (!options.has('r')) return await notSimulated(io, 'unshare --user');
    await io.warn('write failed /proc/self/uid_map: Operation not permitted');
    return 1;
  }
  return options.has('r') ? undefined : await notSimulated(io, 'unshare --user without --map-root-user');
}

/** The first child of a new pid namespace is its process 1. */
async function forked(process: Process, entry: Entry): Promise<number> {
  const pid = process.fork(entry as unknown as Plain);
  if (!failed(pid)) {
    const done = await waitFor(process, pid);
    return done.code;
  }
  await new Io(process, 'unshare').warn(`fork failed: ${strerror(pid)}`);
  return 1;
}

async function enter(process: Process, io: Io, { argv, proc, root, cwd }: Entry): Promise<number> {
  const steps = [
    ['cannot change root directory to', root, root === undefined ? undefined : process.chroot(root)],
    ['cannot chdir to', cwd ?? root, cwd === undefined && root === undefined ? undefined : process.chdir(cwd ?? '/')],
  ] as const;
  for (const [what, where, done] of steps)
    if (failed(done)) {
      await io.warn(`${what} '${where ?? ''}': ${strerror(done)}`);
      return 1;
    }
  const mounted = proc === undefined ? undefined : process.mount('proc', proc === '' ? '/proc' : proc, 'proc', []);
  if (failed(mounted)) {
    await io.warn(`mount ${proc === '' ? '/proc' : (proc ?? '')} failed: ${strerror(mounted)}`);
    return 1;
  }
  const path = lookupPath(process, argv[0] ?? '');
  const failure = path === undefined ? ({ errno: 'ENOENT' } as const) : await process.exec(path, argv, process.env);
  await io.warn(`failed to execute ${argv[0] ?? ''}: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
}
