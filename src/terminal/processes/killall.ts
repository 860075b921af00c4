/**
 * killall (psmisc 23.7).
 * Models: names, program files, -e -g -i -I -l -o -q -r -s -u -v -w -y. Leaves out: namespaces (-n), security contexts.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import { SIGNALS, signalNumber, type Process, type Signal } from '../../protocol/program.ts';
import { userIdOf } from '../accounts.ts';
import { parseOptions, type Options } from '../coreutils/command.ts';
import { LineReader } from '../io.ts';
import { localeOf, posixRegExp } from '../posix-regex.ts';
import { notSimulated, plainProgram, type PlainCall } from '../system/plain-program.ts';
import { signalByName } from '../signal-names.ts';
import { readProcess, readProcesses, type ProcEntry } from './process-list.ts';
import { uptimeSeconds } from './uptime-line.ts';

const USAGE = 'Usage: killall [OPTION]... [--] NAME...\n       killall -l, --list\n       killall -V, --version\n';
const SPEC = {
  name: 'killall',
  short: 'eIgy:o:ilqrs:u:vwVn:Z:0123456789',
  long: {
    exact: 'e',
    'ignore-case': 'I',
    'process-group': 'g',
    'younger-than': 'y',
    'older-than': 'o',
    interactive: 'i',
    list: 'l',
    quiet: 'q',
    regexp: 'r',
    signal: 's',
    user: 'u',
    verbose: 'v',
    wait: 'w',
    version: 'V',
    ns: 'n',
    context: 'Z',
  },
};

/** What is asked for, as it was understood. */
interface Wanted {
  readonly call: PlainCall;
  readonly options: Options;
  readonly signal: Signal | 0;
  readonly signalText: string;
  readonly uid: number | undefined;
}

export const killall = plainProgram('killall', async (call) => {
  const { io, process, args } = call;
  const complain = async (text: string): Promise<number> => {
    await io.raw(text);
    return 1;
  };
  // `-KILL` and `-9` stand for `-s KILL`.
  const signalled = args.map((arg) =>
    /^-(?:[A-Z][A-Z0-9]*|\d+)$/.test(arg) && !/^-[IVZ]$/.test(arg) ? `-s${arg.slice(1)}` : arg,
  );
  const options = parseOptions(signalled, SPEC);
  if ('problem' in options) return await complain(USAGE);
  if (options.has('V')) return await notSimulated(io, 'killall -V');
  if (options.has('l')) {
    io.out(signalRows());
    return await io.end(0);
  }
  const missing = ['Z', 'n'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `killall -${missing}`);
  const text = options.value('s') ?? 'TERM';
  const signal = text === '0' ? 0 : signalByName(text);
  if (signal === undefined) return await complain(`${text}: unknown signal; killall -l lists signals.\n`);
  const ages = ['y', 'o'].map((letter) => options.value(letter)).filter((age) => age !== undefined);
  if (ages.some((age) => ageSeconds(age) === undefined)) return await complain(`Invalid time format\n${USAGE}`);
  const owner = options.value('u');
  const uid = owner === undefined ? undefined : userIdOf(process, owner);
  if (owner !== undefined && uid === undefined) return await complain(`Cannot find user ${owner}\n`);
  if (options.operands.length === 0 && owner === undefined) return await complain(USAGE);
  return await endProcesses({ call, options, signal, signalText: text, uid });
});

/** Names of signals as psmisc breaks them into lines. */
function signalRows(): string {
  let out = '';
  let column = 0;
  for (const name of SIGNALS.map((each) => (each === 'SIGIO' ? 'POLL' : each.slice(3)))) {
    if (column > 0 && column + name.length + 1 > 80) {
      out += '\n';
      column = 0;
    }
    out += `${column === 0 ? '' : ' '}${name}`;
    column += name.length + (column === 0 ? 0 : 1);
  }
  return `${out}\n`;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_628_000,
  y: 31_536_000,
};

/** `5s`, `1.5h`. */
function ageSeconds(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?)([smhdwMy])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (UNIT_SECONDS[match[2] ?? ''] ?? 1);
}

async function endProcesses(wanted: Wanted): Promise<number> {
  const { call, options } = wanted;
  const { io, process } = call;
  let status = 0;
  const reached: ProcEntry[] = [];
  for (const name of options.operands.length === 0 ? [undefined] : options.operands) {
    const test = nameTest(process, name, options);
    if (typeof test === 'string') {
      await io.raw(test);
      return 1;
    }
    const found = readProcesses(process).filter((entry) => test(entry) && isOfAge(process, entry, options));
    const done = await signalEach(
      wanted,
      found.filter(({ pid, uid }) => pid !== process.pid && (wanted.uid === undefined || uid === wanted.uid)),
    );
    if (done.met === 0 && !options.has('q')) {
      await io.flush();
      await io.raw(`${name ?? ''}${name === undefined ? '' : ': '}no process found\n`);
    }
    if (done.reached.length === 0) status = 1;
    reached.push(...done.reached);
  }
  const lives = ({ pid, startTicks }: ProcEntry): boolean => {
    const now = readProcess(process, pid);
    return now !== undefined && now.startTicks === startTicks && now.state !== 'Z';
  };
  await io.flush();
  while (options.has('w') && reached.some(lives)) await process.sleep(1_000_000);
  return await io.end(status);
}

function isOfAge(process: Process, { startTicks }: ProcEntry, options: Options): boolean {
  const age = uptimeSeconds(process) - startTicks / 100;
  const [younger, older] = [options.value('y'), options.value('o')].map((text) =>
    text === undefined ? undefined : ageSeconds(text),
  );
  return (younger === undefined || age < younger) && (older === undefined || age > older);
}

/** By name, by a program's file where there is a slash, by a regular expression; or why not. */
function nameTest(
  process: Process,
  name: string | undefined,
  options: Options,
): ((entry: ProcEntry) => boolean) | string {
  if (name === undefined) return () => true;
  if (options.has('r')) {
    const regex = posixRegExp(name, { extended: true, ignoreCase: options.has('I'), locale: localeOf(process.env) });
    return regex === undefined ? `killall: Bad regular expression: ${name}\n` : (entry) => regex.test(entry.name);
  }
  if (name.includes('/')) {
    const file = process.stat(name);
    if (failed(file)) return `${name}: ${strerror(file)}\n`;
    const path = process.realpath(name);
    return ({ pid }) => process.readlink(`/proc/${String(pid)}/exe`) === path;
  }
  const fold = (text: string): string => (options.has('I') ? text.toLowerCase() : text);
  const wanted = fold(name);
  // The kernel keeps 15 characters; the rest has to be in the command line.
  if (name.length <= 15) return (entry) => fold(entry.name) === wanted;
  return (entry) => {
    if (fold(entry.name) !== wanted.slice(0, 15)) return false;
    const [first = ''] = entry.args.split(' ');
    const whole = fold(first.slice(first.lastIndexOf('/') + 1));
    return whole === wanted || !options.has('e');
  };
}

/** How many there were, and those that the signal reached. */
async function signalEach(
  { call, options, signal, signalText }: Wanted,
  found: readonly ProcEntry[],
): Promise<{ readonly met: number; readonly reached: readonly ProcEntry[] }> {
  const { io, process } = call;
  const reached: ProcEntry[] = [];
  let met = 0;
  const groups = new Set<number>();
  for (const entry of found) {
    const { pid, name, group } = entry;
    if (options.has('g') && groups.has(group)) continue;
    groups.add(group);
    const target = options.has('g') ? group : pid;
    if (
      options.has('i') &&
      !(await isConfirmed(
        call,
        `${options.has('g') ? 'Signal' : signalText === 'TERM' ? 'Kill' : 'Signal'} ${name}(${options.has('g') ? 'pgid ' : ''}${String(target)}) ? (y/N) `,
      ))
    )
      continue;
    met += 1;
    const done = process.kill(options.has('g') ? -group : pid, signal);
    await io.flush();
    if (failed(done)) {
      await io.raw(`${name}(${String(target)}): ${strerror(done)}\n`);
      continue;
    }
    reached.push(entry);
    if (options.has('v'))
      await io.raw(
        `Killed ${name}(${options.has('g') ? 'pgid ' : ''}${String(target)}) with signal ${signal === 0 ? '0' : String(signalNumber(signal))}\n`,
      );
  }
  return { met, reached };
}

async function isConfirmed({ process, io }: PlainCall, question: string): Promise<boolean> {
  io.out(question);
  await io.flush();
  const answer = (await new LineReader(process, 0).nextText()) ?? '';
  return /^[yY]/.test(answer);
}
