/**
 * pgrep, pkill and pidwait (procps 4.0).
 * Models: all criteria of 4.0.4. Leaves out: -L, --queue, --env and what newer releases have.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process, Signal } from '../../protocol/program.ts';
import type { Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { signalByName } from '../signal-names.ts';
import { readCriteria, type Criteria } from './pgrep-criteria.ts';
import { readProcess, readProcesses, type ProcEntry } from './process-list.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from './procps-command.ts';

const CRITERIA = 'F:G:LO:P:U:fg:nor:s:t:u:xiAHc';
const LONG = {
  count: 'c',
  full: 'f',
  pgroup: 'g',
  group: 'G',
  'ignore-case': 'i',
  newest: 'n',
  oldest: 'o',
  older: 'O',
  parent: 'P',
  session: 's',
  signal: 'signal:',
  terminal: 't',
  euid: 'u',
  uid: 'U',
  exact: 'x',
  pidfile: 'F',
  logpidfile: 'L',
  runstates: 'r',
  'ignore-ancestors': 'A',
  'require-handler': 'H',
  cgroup: 'cgroup:',
  ns: 'ns:',
  nslist: 'nslist:',
  inverse: 'v',
};
const COMMON = {
  long: LONG,
  usage: '[options] <pattern>',
  usageStatus: 2,
  helpOption: '-h',
} as const;

const PGREP: ProcpsSpec = {
  name: 'pgrep',
  ...COMMON,
  short: `lad:vwV${CRITERIA}`,
  long: { ...LONG, delimiter: 'd', 'list-name': 'l', 'list-full': 'a', lightweight: 'w' },
  absent: ['L'],
  absentLong: 'env= quick shell-quote',
  busybox: 'flanovxsPu:',
};
const PKILL: ProcpsSpec = {
  name: 'pkill',
  ...COMMON,
  short: `eq:vV${CRITERIA}`,
  long: { ...LONG, echo: 'e', queue: 'q' },
  absent: ['L', 'q'],
  absentLong: 'env= mrelease',
};
const PIDWAIT: ProcpsSpec = {
  name: 'pidwait',
  ...COMMON,
  short: `eV${CRITERIA}`,
  long: { ...LONG, echo: 'e' },
  absent: ['L'],
};

type Found = readonly ProcEntry[];

/** What the criteria select, or the status of a mistake. */
async function search(call: Invocation, spec: ProcpsSpec, signal: Signal | 0): Promise<Found | number> {
  const { io, options, operands, process } = call;
  const again = async (text: string): Promise<number> => {
    await io.warn(text);
    await io.raw(`Try \`${spec.name} --help' for more information.\n`);
    return 2;
  };
  const turns = options.order.filter(([letter]) => 'nov'.includes(letter)).map(([letter]) => letter);
  if (new Set(turns).size > 1) return await procpsUsage(io, spec);
  const criteria = readCriteria(call, signal);
  if (criteria === 'usage') return 2;
  if (typeof criteria === 'string') {
    await io.warn(criteria);
    return 2;
  }
  const file = options.value('F');
  const filed = file === undefined ? undefined : /^\s*(\d+)\s/.exec(fileText(process, file) ?? '')?.[1];
  if (file !== undefined && filed === undefined) {
    await again('pidfile not valid');
    return 1;
  }
  if (operands.length > 1) return await again('only one pattern can be provided');
  if (operands.length === 0 && file === undefined && criteria.count === 0)
    return await again('no matching criteria specified');
  const found = matching(call, criteria, filed);
  const [pattern = ''] = operands;
  if (
    call.flavour === 'gnu' &&
    found.length === 0 &&
    !options.has('f') &&
    pattern.length > 15 &&
    !/[[|]/.test(pattern)
  ) {
    await io.warn('pattern that searches for process name longer than 15 characters will result in zero matches');
    await io.raw(`Try \`${spec.name} -f' option to match against the complete command line.\n`);
  }
  return found;
}

function matching({ options, process, flavour }: Invocation, criteria: Criteria, filed: string | undefined): Found {
  const all = readProcesses(process);
  const ancestors = new Set<number>();
  if (options.has('A'))
    for (let at = all.find(({ pid }) => pid === process.pid); at !== undefined;) {
      ancestors.add(at.ppid);
      const { ppid } = at;
      at = all.find(({ pid }) => pid === ppid);
    }
  const found = all.filter(
    (entry) =>
      entry.pid !== process.pid &&
      !ancestors.has(entry.pid) &&
      ((filed === undefined || entry.pid === Number(filed)) && criteria.matches(entry)) !== options.has('v') &&
      (flavour === 'gnu' || entry.state !== 'Z'),
  );
  if (options.has('n')) return found.toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid).slice(-1);
  if (options.has('o')) return found.toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid).slice(0, 1);
  return found;
}

const signalOf = (text: string | undefined): Signal | 0 | undefined =>
  text === undefined ? 'SIGTERM' : text === '0' ? 0 : signalByName(text);

export const pgrep = procpsCommand(PGREP, async (call) => {
  const { io, options } = call;
  const found = await search(call, PGREP, signalOf(options.value('signal')) ?? 'SIGTERM');
  if (typeof found === 'number') return found;
  const shown = ({ pid, args, name }: ProcEntry): string =>
    `${String(pid)}${options.has('a') ? ` ${args}` : options.has('l') ? ` ${name}` : ''}`;
  if (options.has('c')) io.line(String(found.length));
  else if (found.length > 0) io.line(found.map(shown).join(options.value('d') ?? '\n'));
  return await io.end(found.length > 0 ? 0 : 1);
});

const pkillProgram = procpsCommand(PKILL, async (call) => {
  const { io, options, process } = call;
  const signal = signalOf(options.value('signal'));
  const found = await search(call, PKILL, signal ?? 'SIGTERM');
  if (typeof found === 'number') return found;
  let reached = 0;
  for (const { pid, name } of found) {
    const done = signal === undefined ? ({ errno: 'EINVAL' } as const) : process.kill(pid, signal);
    if (failed(done)) {
      if (done.errno === 'ESRCH') continue;
      await io.flush();
      await io.warn(`killing pid ${String(pid)} failed: ${strerror(done)}`);
      continue;
    }
    reached += 1;
    if (options.has('e')) io.line(`${name} killed (pid ${String(pid)})`);
  }
  if (options.has('c')) io.line(String(found.length));
  return await io.end(reached > 0 ? 0 : 1);
});

/** `-HUP` and `-9` stand for `--signal HUP`: the first argument that is one. */
function withSignal(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(
    (arg, index) => index > 0 && /^-./.test(arg) && (arg === '-0' || signalByName(arg.slice(1)) !== undefined),
  );
  return at < 0 ? argv : argv.with(at, `--signal=${(argv[at] ?? '').slice(1)}`);
}

export const pkill: typeof pkillProgram = {
  ...pkillProgram,
  run: (process) => pkillProgram.applet(process, 'gnu', withSignal(process.argv)),
  applet: (process, flavour, argv) => pkillProgram.applet(process, flavour, withSignal(argv)),
};

/** How long it looks away between two looks at those that it waits for. */
const LOOK_US = 100_000;

export const pidwait = procpsCommand(PIDWAIT, async (call) => {
  const { io, options, process } = call;
  const found = await search(call, PIDWAIT, 'SIGTERM');
  if (typeof found === 'number') return found;
  for (const { pid, name } of found) if (options.has('e')) io.line(`waiting for ${name} (pid ${String(pid)})`);
  if (options.has('c')) io.line(String(found.length));
  await io.flush();
  while (found.some((entry) => isRunning(process, entry))) await process.sleep(LOOK_US);
  return await io.end(found.length > 0 ? 0 : 1);
});

/** A number may have passed on to another process. */
function isRunning(process: Process, { pid, startTicks }: ProcEntry): boolean {
  const now = readProcess(process, pid);
  return now !== undefined && now.startTicks === startTicks && now.state !== 'Z';
}
