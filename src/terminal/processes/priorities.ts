/**
 * renice, ionice, chrt and taskset (util-linux 2.39).
 * Models: nice values of running processes, groups and users; what the others show of a process. Leaves out: other
 * scheduling policies, classes of input and output, and binding to processors, which a simulated kernel has not.
 */
import { helpHint } from '../coreutils/help-hint.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { userIdOf } from '../accounts.ts';
import { command } from '../coreutils/command.ts';
import { fileText, type Io } from '../io.ts';
import { versioned } from '../versioned.ts';
import { readProcesses, type ProcEntry } from './process-list.ts';
import { notSimulated, plainProgram, type PlainCall } from '../system/plain-program.ts';

type Kind = 'process ID' | 'process group ID' | 'user ID';
const KINDS: Readonly<Record<string, Kind>> = {
  '-p': 'process ID',
  '--pid': 'process ID',
  '-g': 'process group ID',
  '--pgrp': 'process group ID',
  '-u': 'user ID',
  '--user': 'user ID',
};

/** Its arguments are read by hand: `-5` is a priority. */
export const renice = versioned(
  plainProgram('renice', async (call) => {
    const { process, io, args } = call;
    const relative = args.includes('--relative');
    const [text = '', ...rest] = args
      .filter((word) => !['-n', '--priority', '--relative'].includes(word))
      .map((word) => word.replace(/^(?:-n|--priority=)(?=[-+]?\d)/, ''));
    const value = Number(text);
    if (rest.length === 0 || text === '') {
      await io.warn('not enough arguments');
      await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
    if (!Number.isInteger(value)) {
      await io.warn(`invalid priority '${text}'`);
      await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
    let kind: Kind = 'process ID';
    let status = 0;
    for (const word of rest) {
      const switched = KINDS[word];
      if (switched !== undefined) {
        kind = switched;
        continue;
      }
      const id = kind === 'user ID' ? userIdOf(process, word) : /^\d+$/.test(word) ? Number(word) : undefined;
      if (id === undefined) {
        await io.warn(kind === 'user ID' ? `unknown user ${word}` : `bad ${kind} value: ${word}`);
        status = 1;
      } else status = Math.max(status, await reniceAll(call, kind, id, value, relative));
    }
    return await io.end(status);
  }),
);

const BELONGS: Readonly<Record<Kind, (entry: ProcEntry, id: number) => boolean>> = {
  'process ID': ({ pid }, id) => pid === id,
  'process group ID': ({ group }, id) => group === id,
  'user ID': ({ uid }, id) => uid === id,
};

/** The priority of many is that of the most favoured one. */
async function reniceAll(
  { process, io, flavour }: PlainCall,
  kind: Kind,
  id: number,
  value: number,
  relative: boolean,
): Promise<number> {
  const lowest = (): number | undefined => {
    const found = readProcesses(process).filter((entry) => BELONGS[kind](entry, id));
    return found.length === 0 ? undefined : Math.min(...found.map(({ nice }) => nice));
  };
  const before = lowest();
  if (before === undefined) {
    await io.warn(`failed to get priority for ${String(id)} (${kind}): No such process`);
    return 1;
  }
  for (const { pid } of readProcesses(process).filter((entry) => BELONGS[kind](entry, id))) {
    const done = process.setPriority(pid, relative ? before + value : value);
    if (!failed(done)) continue;
    await io.warn(
      `${flavour === 'busybox' ? 'setpriority' : `failed to set priority for ${String(id)} (${kind})`}: ${strerror(done)}`,
    );
    return 1;
  }
  if (flavour !== 'busybox')
    io.line(`${String(id)} (${kind}) old priority ${String(before)}, new priority ${String(lowest() ?? before)}`);
  return 0;
}

async function badUsage(io: Io): Promise<number> {
  await io.warn('bad usage');
  await io.raw(`Try '${io.name} --help' for more information.\n`);
  return 1;
}
async function badPid(io: Io, text: string): Promise<number> {
  await io.warn(`invalid PID argument: '${text}'`);
  return 1;
}

const niceOf = (process: Process, pid: string): number | undefined =>
  readProcesses(process).find((entry) => entry.pid === Number(pid))?.nice;

export const ionice = command(
  {
    name: 'ionice',
    calls: 'short',
    short: 'c:n:p:P:u:t',
    stopEarly: true,
    long: { class: 'c', classdata: 'n', pid: 'p' },
    absent: [...'cnPut'],
  },
  async ({ process, io, options, operands }) => {
    const pids = options.has('p') ? [options.value('p') ?? '', ...operands] : [String(process.pid)];
    for (const pid of pids) {
      if (!/^\d+$/.test(pid)) return await badPid(io, pid);
      const nice = niceOf(process, pid);
      if (nice === undefined) {
        await io.warn('ioprio_get failed: No such process');
        return 1;
      }
      io.line('none: prio 0');
    }
    return await io.end(0);
  },
);

export const chrt = command(
  {
    name: 'chrt',
    calls: 'short',
    short: 'abdefimorp',
    stopEarly: true,
    long: { pid: 'p', max: 'm' },
    absent: [...'abdefimorTPDRGv'],
  },
  async ({ process, io, options, operands }) => {
    const [pid, more] = operands;
    if (pid === undefined) return await badUsage(io);
    if (!options.has('p') || more !== undefined) return await notSimulated(io, 'chrt: a policy');
    if (!/^\d+$/.test(pid)) return await badPid(io, pid);
    if (niceOf(process, pid) === undefined) {
      await io.warn(`failed to get pid ${pid}'s policy: No such process`);
      return 1;
    }
    io.line(`pid ${pid}'s current scheduling policy: SCHED_OTHER`);
    io.line(`pid ${pid}'s current scheduling priority: 0`);
    return await io.end(0);
  },
);

export const taskset = command(
  {
    name: 'taskset',
    calls: 'short',
    short: 'apc',
    stopEarly: true,
    long: { pid: 'p', 'cpu-list': 'c', 'all-tasks': 'a' },
    absent: ['a'],
  },
  async ({ process, io, options, operands }) => {
    const [pid, more] = operands;
    if (pid === undefined || (more === undefined && !options.has('p'))) return await badUsage(io);
    if (!options.has('p') || more !== undefined) {
      if (!(options.has('c') ? /^\d[\d,:-]*$/ : /^(?:0x)?[\da-f,]+$/i).test(pid)) {
        await io.warn(`failed to parse CPU ${options.has('c') ? 'list' : 'mask'}: ${pid}`);
        return 1;
      }
      return await notSimulated(io, 'taskset: binding to processors');
    }
    if (!/^\d+$/.test(pid)) return await badPid(io, pid);
    if (niceOf(process, pid) === undefined) {
      await io.warn(`failed to get pid ${pid}'s affinity: No such process`);
      return 1;
    }
    const status = fileText(process, `/proc/${pid}/status`) ?? '';
    const allowed = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)$`, 'm').exec(status)?.[1] ?? '';
    // Two that stand beside each other are listed one by one here.
    const list = allowed('Cpus_allowed_list').replace(/\d+-\d+/g, (range) => {
      const [low, high] = range.split('-').map(Number);
      return high === (low ?? 0) + 1 ? `${String(low)},${String(high)}` : range;
    });
    const all = options.has('c')
      ? `list: ${list}`
      : `mask: ${allowed('Cpus_allowed')
          .replace(/,/g, '')
          .replace(/^0+(?=.)/, '')}`;
    io.line(`pid ${pid}'s current affinity ${all}`);
    return await io.end(0);
  },
);
