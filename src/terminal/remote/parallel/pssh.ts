/**
 * pssh 2.3 (Debian calls its programs parallel-ssh, parallel-scp …): one command, copy or kill on many hosts by ssh and scp.
 * Leaves out: colours, time limits, asking for a password (-A).
 */
import { failed } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import type { Applet } from '../../coreutils/command.ts';
import { fileText, readAll } from '../../io.ts';
import { textToBytes } from '../../text.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { strftime } from '../../strftime.ts';
import { runTasks, type Finished, type Task } from './parallel-tasks.ts';

interface Target {
  readonly host: string;
  readonly port: string | undefined;
  readonly user: string | undefined;
}

interface Kind {
  readonly usage: string;
  /** Fewest operands, and what is missing where there are fewer. */
  readonly needs: readonly [count: number, complaint: string];
  readonly argv: (call: Invocation, target: Target) => readonly string[];
}

const SHORT = 'vrazAiPIh:H:l:p:o:e:t:O:x:X:L:';
const LONG = {
  hosts: 'h',
  host: 'H',
  user: 'l',
  par: 'p',
  outdir: 'o',
  errdir: 'e',
  timeout: 't',
  option: 'O',
  verbose: 'v',
  askpass: 'A',
  inline: 'i',
  'inline-stdout': 'inline-stdout',
  print: 'P',
  'send-input': 'I',
  'extra-args': 'x',
  'extra-arg': 'X',
  recursive: 'r',
  archive: 'a',
  compress: 'z',
  localdir: 'L',
};

const sshOptions = ({ options }: Invocation): readonly string[] =>
  options.values('O').flatMap((value) => ['-o', value]);
const extras = ({ options }: Invocation): readonly string[] => [
  ...options.values('x').flatMap((value) => value.split(/\s+/).filter((word) => word !== '')),
  ...options.values('X'),
];
const place = ({ host, user }: Target, path: string): string =>
  `${user === undefined ? '' : `${user}@`}${host}:${path}`;

/** ssh with what pssh gives it. */
const ssh = (call: Invocation, { host, port, user }: Target, words: readonly string[]): readonly string[] => [
  'ssh',
  host,
  '-o',
  'NumberOfPasswordPrompts=1',
  ...sshOptions(call),
  ...(user === undefined ? [] : ['-l', user]),
  ...(port === undefined ? [] : ['-p', port]),
  ...extras(call),
  ...words,
];
const scp = (call: Invocation, { port }: Target, paths: readonly string[]): readonly string[] => [
  'scp',
  '-qC',
  ...sshOptions(call),
  ...(port === undefined ? [] : ['-P', port]),
  ...(call.options.has('r') ? ['-r'] : []),
  ...extras(call),
  ...paths,
];

/** Where pslurp puts what comes from a host. */
const slurpDirectory = ({ options }: Invocation, { host }: Target): string => {
  const local = options.value('L');
  return local === undefined ? host : `${local}/${host}`;
};

const KINDS: Readonly<Record<'pssh' | 'pscp' | 'prsync' | 'pslurp' | 'pnuke', Kind>> = {
  pssh: {
    usage: '[OPTIONS] command [...]',
    needs: [1, 'Command not specified.'],
    argv: (call, target) => ssh(call, target, call.operands),
  },
  pscp: {
    usage: '[OPTIONS] local remote',
    needs: [2, 'Paths not specified.'],
    argv: (call, target) =>
      scp(call, target, [...call.operands.slice(0, -1), place(target, call.operands.at(-1) ?? '')]),
  },
  pslurp: {
    usage: '[OPTIONS] remote local',
    needs: [2, 'Paths not specified.'],
    argv: (call, target) => {
      const [remote = '', local = ''] = call.operands;
      return scp(call, target, [place(target, remote), `${slurpDirectory(call, target)}/${local}`]);
    },
  },
  prsync: {
    usage: '[OPTIONS] local remote',
    needs: [2, 'Paths not specified.'],
    argv: (call, target) => {
      const { options, operands } = call;
      const port = target.port === undefined ? [] : ['-p', target.port];
      return [
        'rsync',
        '-e',
        ['ssh', ...sshOptions(call), ...port].join(' '),
        ...['v', 'r', 'a', 'z'].flatMap((letter) => (options.has(letter) ? [`-${letter}`] : [])),
        ...extras(call),
        ...operands.slice(0, -1),
        place(target, operands.at(-1) ?? ''),
      ];
    },
  },
  pnuke: {
    usage: '[OPTIONS] pattern',
    needs: [1, 'Pattern not specified.'],
    argv: (call, target) => ssh(call, target, [`pkill -9 ${call.operands[0] ?? ''}`]),
  },
};

/** The hosts of -h files and -H lists: `[user@]host[:port]`, or `host[:port] user` on a line. */
function targets({ options, process }: Invocation): readonly Target[] | string {
  const common = options.value('l');
  const found: Target[] = [];
  const add = (text: string, user: string | undefined): void => {
    const [, own, host = '', port] = /^(?:([^@]+)@)?([^:]+)(?::(\d+))?$/.exec(text) ?? [];
    if (host !== '') found.push({ host, port, user: own ?? user ?? common });
  };
  for (const path of options.values('h')) {
    const text = fileText(process, path);
    if (text === undefined) return `Could not open hosts file: No such file or directory`;
    for (const line of text.split('\n')) {
      const [host = '', user] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (host !== '') add(host, user);
    }
  }
  for (const list of options.values('H')) for (const host of list.trim().split(/\s+/)) add(host, undefined);
  return found;
}

function parallel(name: keyof typeof KINDS): Applet {
  const kind = KINDS[name];
  return command({ name, short: SHORT, long: LONG, stopEarly: true, usageStatus: 2 }, async (call) => {
    const { io, options, operands } = call;
    const absent = ['A', 't'].find((letter) => options.has(letter));
    if (absent !== undefined) return await notSimulated(io, `${io.name} -${absent}`);
    const found = targets(call);
    const [count, missing] = kind.needs;
    const problem =
      typeof found === 'string'
        ? found
        : found.length === 0
          ? 'Hosts not specified.'
          : operands.length < count
            ? missing
            : undefined;
    if (problem !== undefined || typeof found === 'string') {
      await io.raw(`Usage: ${io.name} ${kind.usage}\n\n${io.name}: error: ${problem ?? ''}\n`);
      return 2;
    }
    return await runOn(call, name, found);
  });
}

async function runOn(call: Invocation, name: keyof typeof KINDS, hosts: readonly Target[]): Promise<number> {
  const { io, options, process } = call;
  for (const directory of ['o', 'e', 'L'].map((letter) => options.value(letter)))
    if (directory !== undefined) process.mkdir(directory);
  if (name === 'pslurp') for (const target of hosts) process.mkdir(slurpDirectory(call, target));
  const input = options.has('I') ? await readAll(process, 0) : undefined;
  const codes: number[] = [];
  const tasks = hosts.map((target): Task => ({
    host: target.port === undefined ? target.host : `${target.host}:${target.port}`,
    argv: KINDS[name].argv(call, target),
  }));
  await runTasks(process, tasks, {
    parallel: Number(options.value('p') ?? '32'),
    input: input === undefined || failed(input) ? undefined : input,
    piece: async (task, channel, text) => {
      if (!options.has('P') || channel === 'stderr') return;
      for (const line of text.replace(/\n$/, '').split('\n')) io.line(`${task.host}: ${line}`);
      await io.flush();
    },
    finished: async (result) => {
      codes.push(result.code);
      report(call, result, codes.length);
      await io.flush();
    },
  });
  if (codes.some((code) => code > 128 && code < 255)) return 3;
  if (codes.includes(255)) return 4;
  return codes.every((code) => code === 0) ? 0 : name === 'pscp' || name === 'prsync' ? 4 : 5;
}

/** A host's line, what it printed where -i asks for it, and its files. */
function report({ io, options, process }: Invocation, { task, code, stdout, stderr }: Finished, number: number): void {
  const clock = strftime('%H:%M:%S', process.time().realtimeUs);
  const failure =
    code > 128 && code < 255 ? `Killed by signal ${String(code - 128)}` : `Exited with error code ${String(code)}`;
  io.line(
    `[${String(number)}] ${clock} ${code === 0 ? '[SUCCESS]' : '[FAILURE]'} ${task.host}${code === 0 ? '' : ` ${failure}`}`,
  );
  if (options.has('i') || options.has('inline-stdout')) io.out(stdout);
  if (options.has('i') && stderr !== '') io.out(`Stderr: ${stderr}`);
  for (const [letter, text] of [
    ['o', stdout],
    ['e', stderr],
  ] as const) {
    const directory = options.value(letter);
    if (directory !== undefined) process.writeFile(`${directory}/${task.host}`, textToBytes(text));
  }
}

export const pssh = parallel('pssh');
export const pscp = parallel('pscp');
export const prsync = parallel('prsync');
export const pslurp = parallel('pslurp');
export const pnuke = parallel('pnuke');
