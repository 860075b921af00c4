/** pgrep, pkill, pidof (procps 4.0) and killall (psmisc 23.7). */
import { failed, strerror } from '../../protocol/errno.ts';
import { SIGNALS, signalNumber, type Process, type Signal } from '../../protocol/program.ts';
import { groupIdOf, userIdOf } from '../accounts.ts';
import { command, parseOptions, type Invocation } from '../coreutils/command.ts';
import { notSimulated, plainProgram } from '../system/plain-program.ts';
import { signalByName } from '../signal-names.ts';
import { readProcesses, ttyName, type ProcEntry } from './process-list.ts';
import { uptimeSeconds } from './uptime-line.ts';

const SELECT = {
  short: 'd:fxnoviu:U:P:lacg:G:s:t:O:AF:Lr:w',
  absent: [...'FLrw'],
  absentLong:
    'cgroup= ns= nslist= pidfile= logpidfile runstates= lightweight env= quick mrelease require-handler queue= shell-quote',
  long: {
    full: 'f',
    exact: 'x',
    newest: 'n',
    oldest: 'o',
    inverse: 'v',
    'ignore-case': 'i',
    'list-name': 'l',
    'list-full': 'a',
    count: 'c',
    delimiter: 'd',
    pgroup: 'g',
    group: 'G',
    session: 's',
    terminal: 't',
    older: 'O',
    euid: 'u',
    uid: 'U',
    parent: 'P',
    signal: 'signal:',
    echo: 'e',
    'ignore-ancestors': 'A',
  },
  usageStatus: 2,
};
const CRITERIA = ['u', 'U', 'P', 'g', 'G', 's', 't', 'O'] as const;

const words = (text: string | undefined): readonly string[] | undefined => text?.split(',');

/** Whether an option's list is absent or has the value. */
function listHas(list: readonly string[] | undefined, read: (word: string) => unknown, value: unknown): boolean {
  return list === undefined || list.some((word) => read(word) === value);
}

function select({ options, operands, process, flavour }: Invocation): readonly ProcEntry[] {
  const [pattern = ''] = operands;
  const regex = new RegExp(options.has('x') ? `^(?:${pattern})$` : pattern, options.has('i') ? 'i' : '');
  const user = (word: string): number | undefined => userIdOf(process, word);
  const older = options.value('O');
  const up = uptimeSeconds(process);
  const matches = (e: ProcEntry): boolean =>
    regex.test(options.has('f') ? e.args : e.name) &&
    listHas(words(options.value('u')), user, e.uid) &&
    listHas(words(options.value('U')), user, e.uid) &&
    listHas(words(options.value('P')), Number, e.ppid) &&
    listHas(words(options.value('g')), Number, e.group) &&
    listHas(words(options.value('s')), Number, e.session) &&
    listHas(words(options.value('G')), (word) => groupIdOf(process, word), e.gid) &&
    listHas(words(options.value('t')), (word) => word.replace(/^\/dev\//, ''), ttyName(e.tty)) &&
    (older === undefined || up - e.startTicks / 100 > Number(older));
  const found = readProcesses(process).filter(
    (e) => e.pid !== process.pid && matches(e) !== options.has('v') && (flavour === 'gnu' || e.state !== 'Z'),
  );
  return options.has('n') ? found.slice(-1) : options.has('o') ? found.slice(0, 1) : found;
}

async function withoutCriteria({ io, options, operands }: Invocation): Promise<number | undefined> {
  if (operands.length > 0 || CRITERIA.some((letter) => options.has(letter))) return undefined;
  await io.warn('no matching criteria specified');
  await io.raw(`Try \`${io.name} --help' for more information.\n`);
  return 2;
}

export const pgrep = command(
  { name: 'pgrep', ...SELECT, hint: "Try `pgrep --help' for more information." },
  async (call) => {
    const { io, options } = call;
    const complaint = await withoutCriteria(call);
    if (complaint !== undefined) return complaint;
    const found = select(call);
    const shown = (e: ProcEntry): string =>
      `${String(e.pid)}${options.has('a') ? ` ${e.args}` : options.has('l') ? ` ${e.name}` : ''}`;
    if (options.has('c')) io.line(String(found.length));
    else if (found.length > 0) io.line(found.map(shown).join(options.value('d') ?? '\n'));
    return await io.end(found.length > 0 ? 0 : 1);
  },
);

export const pkill = command(
  {
    name: 'pkill',
    ...SELECT,
    short: `${SELECT.short}e0123456789ABCDEFGHIJKLMNOQRSTUVWXYZ`,
    hint: "Try `pkill --help' for more information.",
  },
  async (call) => {
    const { io, options, process } = call;
    const complaint = await withoutCriteria(call);
    if (complaint !== undefined) return complaint;
    const letters = options.order
      .filter(([letter, value]) => /^[0-9A-Z]$/.test(letter) && value === '')
      .map(([letter]) => letter)
      .join('');
    const text = options.value('signal') ?? letters;
    const signal = text === '0' ? 0 : signalByName(text === '' ? 'TERM' : text);
    if (signal === undefined) {
      await io.warn(`Unknown signal "${text}".`);
      return 2;
    }
    const found = select(call);
    let reached = 0;
    for (const e of found) {
      const done = process.kill(e.pid, signal);
      if (failed(done)) await io.warn(`killing pid ${String(e.pid)} failed: ${strerror(done)}`);
      else {
        reached += 1;
        if (options.has('e')) io.line(`${e.name} killed (pid ${String(e.pid)})`);
      }
    }
    return await io.end(reached > 0 ? 0 : 1);
  },
);

export const pidof = command(
  {
    name: 'pidof',
    short: 'so:xqcS:w',
    long: { 'single-shot': 's', 'omit-pid': 'o', 'check-root': 'c', separator: 'S' },
  },
  async ({ io, options, operands, process }) => {
    const omitted = options.values('o').flatMap((list) => list.split(','));
    const pids = operands.flatMap((program) =>
      readProcesses(process)
        .filter((e) => isCalled(e, program, options.has('x')) && !omitted.includes(String(e.pid)))
        .map(({ pid }) => pid)
        .toReversed(),
    );
    const shown = options.has('s') ? pids.slice(0, 1) : pids;
    if (shown.length > 0 && !options.has('q')) io.line(shown.join(options.value('S') ?? ' '));
    return await io.end(shown.length > 0 ? 0 : 1);
  },
);

/** By the name of the program file; with `scripts` also by that of the script that a shell runs. */
function isCalled({ args, name }: ProcEntry, program: string, scripts: boolean): boolean {
  const [first = '', second = ''] = args.split(' ');
  const fits = (path: string): boolean => {
    const base = path.replace(/^-/, '');
    return base === program || base.slice(base.lastIndexOf('/') + 1) === program;
  };
  return fits(first) || name === program || (scripts && fits(second));
}

const KILLALL_USAGE =
  'Usage: killall [OPTION]... [--] NAME...\n       killall -l, --list\n       killall -V, --version\n';
const KILLALL = {
  name: 'killall',
  short: 'eIgilqrs:u:vw0123456789',
  long: {
    exact: 'e',
    'ignore-case': 'I',
    'process-group': 'g',
    list: 'l',
    quiet: 'q',
    regexp: 'r',
    signal: 's',
    user: 'u',
    verbose: 'v',
    wait: 'w',
    interactive: 'i',
  },
};

export const killall = plainProgram('killall', async ({ io, process, args }) => {
  // `-KILL` and `-9` stand for `-s KILL`.
  const signalled = args.map((arg) => {
    const signal = /^-(?:[A-Z][A-Z0-9]+|\d+)$/.test(arg) ? signalByName(arg.slice(1)) : undefined;
    return signal === undefined ? arg : `-s${signal}`;
  });
  const options = parseOptions(signalled, KILLALL);
  if ('problem' in options || (options.operands.length === 0 && !options.has('l') && !options.has('u'))) {
    await io.raw(`${'problem' in options ? `killall: ${options.problem}\n` : ''}${KILLALL_USAGE}`);
    return 1;
  }
  if (options.has('l')) {
    io.line(SIGNALS.map((name) => name.slice(3)).join(' '));
    return await io.end(0);
  }
  const missing = ['g', 'i', 'w'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `killall -${missing}`);
  const text = options.value('s') ?? 'TERM';
  const signal = text === '0' ? 0 : signalByName(text);
  if (signal === undefined) {
    await io.raw(`${text}: unknown signal; killall -l lists signals.\n`);
    return 1;
  }
  const owner = options.value('u');
  const uid = owner === undefined ? undefined : userIdOf(process, owner);
  if (owner !== undefined && uid === undefined) {
    await io.raw(`Cannot find user ${owner}\n`);
    return 1;
  }
  let status = 0;
  for (const name of options.operands.length === 0 ? [undefined] : options.operands) {
    const test = nameTest(name, { regexp: options.has('r'), ignoreCase: options.has('I') });
    const found = readProcesses(process).filter(
      (e) => e.pid !== process.pid && test(e.name) && (uid === undefined || e.uid === uid),
    );
    const reached = await killEach(process, found, signal, {
      complain: async (e, why) => await io.raw(`${e.name}(${String(e.pid)}): ${why}\n`),
      verbose: options.has('v')
        ? async (e) => await io.raw(`Killed ${e.name}(${String(e.pid)}) with signal ${signalText(signal)}\n`)
        : undefined,
    });
    if (found.length === 0 && !options.has('q')) await io.raw(`${name ?? ''}: no process found\n`);
    if (reached === 0) status = 1;
  }
  return await io.end(status);
});

const signalText = (signal: Signal | 0): string => (signal === 0 ? '0' : String(signalNumber(signal)));

function nameTest(
  name: string | undefined,
  { regexp, ignoreCase }: { readonly regexp: boolean; readonly ignoreCase: boolean },
): (text: string) => boolean {
  if (name === undefined) return () => true;
  if (regexp) {
    const pattern = new RegExp(name, ignoreCase ? 'i' : '');
    return (text) => pattern.test(text);
  }
  const wanted = name.slice(name.lastIndexOf('/') + 1).slice(0, 15);
  return ignoreCase ? (text) => text.toLowerCase() === wanted.toLowerCase() : (text) => text === wanted;
}

async function killEach(
  process: Process,
  found: readonly ProcEntry[],
  signal: Signal | 0,
  report: {
    readonly complain: (entry: ProcEntry, why: string) => Promise<unknown>;
    readonly verbose: ((entry: ProcEntry) => Promise<unknown>) | undefined;
  },
): Promise<number> {
  let reached = 0;
  for (const entry of found) {
    const done = process.kill(entry.pid, signal);
    if (failed(done)) await report.complain(entry, strerror(done));
    else {
      reached += 1;
      await report.verbose?.(entry);
    }
  }
  return reached;
}
