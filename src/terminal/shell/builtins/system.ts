import { failed, strerror } from '../../../protocol/errno.ts';
import { callStack } from '../call-stack.ts';
import type { Op } from '../op.ts';
import { historyFile } from '../history.ts';
import type { Shell } from '../shell.ts';
import { textToBytes } from '../../text.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, print } from './message.ts';

function* umask(shell: Shell, args: readonly string[]): Op<number> {
  const symbolic = args.includes('-S');
  const portable = args.includes('-p');
  const [mode] = args.filter((arg) => !arg.startsWith('-'));
  if (mode === undefined) {
    const mask = shell.process.umask();
    const text = symbolic ? symbolicMask(mask) : mask.toString(8).padStart(4, '0');
    return yield* print(shell, 'umask', `${portable ? (symbolic ? 'umask -S ' : 'umask ') : ''}${text}\n`);
  }
  if (/^\d+$/.test(mode)) {
    if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 0o777)
      return yield* fault(shell, `umask: ${mode}: octal number out of range`);
    shell.process.umask(Number.parseInt(mode, 8));
    return 0;
  }
  const bits = { r: 4, w: 2, x: 1 } as const;
  let allowed = ~shell.process.umask() & 0o777;
  for (const clause of mode.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (match === null) return yield* fault(shell, `umask: \`${clause.charAt(0)}': invalid symbolic mode character`);
    const [, who = '', operator = '', letters = ''] = match;
    let value = 0;
    for (const letter of letters) value |= bits[letter === 'r' ? 'r' : letter === 'w' ? 'w' : 'x'];
    for (const [name, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes(name) && !who.includes('a')) continue;
      if (operator === '+') allowed |= value << shift;
      else if (operator === '-') allowed &= ~(value << shift);
      else allowed = (allowed & ~(7 << shift)) | (value << shift);
    }
  }
  shell.process.umask(~allowed & 0o777);
  return 0;
}

function symbolicMask(mask: number): string {
  const part = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, at) => ((mask >> shift) & (4 >> at)) === 0).join('');
  return `u=${part(6)},g=${part(3)},o=${part(0)}`;
}

const LIMITS: readonly (readonly [string, string, string, string])[] = [
  ['c', 'core file size', '(blocks, -c)', 'core'],
  ['f', 'file size', '(blocks, -f)', 'fsize'],
  ['n', 'open files', '(-n)', 'nofile'],
  ['s', 'stack size', '(kbytes, -s)', 'stack'],
  ['u', 'max user processes', '(-u)', 'nproc'],
  ['v', 'virtual memory', '(kbytes, -v)', 'as'],
];
type Resource = 'nofile' | 'nproc' | 'core' | 'fsize' | 'stack' | 'as';
const isResource = (text: string): text is Resource =>
  ['nofile', 'nproc', 'core', 'fsize', 'stack', 'as'].includes(text);

function* ulimit(shell: Shell, args: readonly string[]): Op<number> {
  const flags = args
    .filter((arg) => arg.startsWith('-'))
    .join('')
    .replace(/-/g, '');
  const [value] = args.filter((arg) => !arg.startsWith('-'));
  const hard = flags.includes('H') && !flags.includes('S');
  const scale = (letter: string): number =>
    letter === 's' || letter === 'v' ? 1_024 : letter === 'c' || letter === 'f' ? 512 : 1;
  const show = (letter: string, resource: string): string => {
    const limit = isResource(resource) ? shell.process.rlimit(resource) : { soft: Infinity, hard: Infinity };
    if (failed(limit)) return 'unlimited';
    const number = hard ? limit.hard : limit.soft;
    return number >= Number.MAX_SAFE_INTEGER || number < 0 || !Number.isFinite(number)
      ? 'unlimited'
      : String(Math.floor(number / scale(letter)));
  };
  if (flags.includes('a')) {
    return yield* print(
      shell,
      'ulimit',
      LIMITS.map(
        ([letter, name, unit, resource]) =>
          `${name.padEnd(26)}${unit
            .padStart(15 - 0)
            .trimStart()
            .padStart(unit.length)} ${show(letter, resource)}\n`,
      ).join(''),
    );
  }
  const letter = flags.replace(/[HS]/g, '') || 'f';
  const entry = LIMITS.find(([candidate]) => candidate === letter);
  if (entry === undefined)
    return yield* invalidOption(shell, 'ulimit', `-${letter}`, 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]');
  const [, name, unit, resource] = entry;
  if (value === undefined) return yield* print(shell, 'ulimit', `${show(letter, resource)}\n`);
  if (!/^\d+$/.test(value) && value !== 'unlimited' && value !== 'hard' && value !== 'soft')
    return yield* fault(shell, `ulimit: ${value}: invalid number`);
  if (!isResource(resource)) return 0;
  const old = shell.process.rlimit(resource);
  if (failed(old)) return 1;
  const wanted =
    value === 'unlimited'
      ? Number.MAX_SAFE_INTEGER
      : value === 'hard'
        ? old.hard
        : value === 'soft'
          ? old.soft
          : Number(value) * scale(letter);
  const onlySoft = flags.includes('S') && !flags.includes('H');
  const onlyHard = flags.includes('H') && !flags.includes('S');
  const set = shell.process.rlimit(resource, {
    soft: onlyHard ? old.soft : wanted,
    hard: onlySoft ? old.hard : wanted,
  });
  if (failed(set))
    return yield* fault(shell, `ulimit: ${name}: cannot modify limit: ${strerror(set)}${unit === '' ? '' : ''}`);
  return 0;
}

function* times(shell: Shell): Op<number> {
  const t = shell.process.times();
  const text = (us: number): string => `${String(Math.floor(us / 60e6))}m${((us % 60e6) / 1e6).toFixed(3)}s`;
  return yield* print(
    shell,
    'times',
    `${text(t.userUs)} ${text(t.systemUs)}\n${text(t.childrenUserUs)} ${text(t.childrenSystemUs)}\n`,
  );
}

function* history(shell: Shell, args: readonly string[]): Op<number> {
  const [first = ''] = args;
  if (first === '-c') {
    shell.history.length = 0;
    return 0;
  }
  if (first === '-d') {
    const at = Number(args[1]);
    if (!Number.isInteger(at) || at < 1 || at > shell.history.length)
      return yield* fault(shell, `history: ${args[1] ?? ''}: history position out of range`);
    shell.history.splice(at - 1, 1);
    return 0;
  }
  if (first === '-w' || first === '-a') {
    shell.process.writeFile(
      args[1] ?? historyFile(shell),
      textToBytes(shell.history.map((line) => `${line}\n`).join('')),
      { mode: 0o600 },
    );
    return 0;
  }
  if (/^-[rnps]$/.test(first)) return 0;
  if (first !== '' && !/^\d+$/.test(first)) return yield* fault(shell, `history: ${first}: numeric argument required`);
  const from = first === '' ? 0 : Math.max(0, shell.history.length - Number(first));
  return yield* print(
    shell,
    'history',
    shell.history
      .map((line, at) => `${String(at + 1).padStart(5)}  ${line}\n`)
      .slice(from)
      .join(''),
  );
}

function* caller(shell: Shell, args: readonly string[]): Op<number> {
  const calls = callStack(shell);
  const [level] = args;
  if (level !== undefined && !/^\d+$/.test(level)) return yield* fault(shell, `caller: ${level}: invalid number`, 2);
  const call = calls[Number(level ?? '0')];
  if (call === undefined) return 1;
  const outer = calls[Number(level ?? '0') + 1];
  const file = outer?.definedIn ?? (shell.isScript ? shell.arg0 : 'NULL');
  if (level === undefined) return yield* print(shell, 'caller', `${String(call.line)} ${file}\n`);
  if (outer === undefined && !shell.isScript) return 1;
  return yield* print(shell, 'caller', `${String(call.line)} ${outer?.name ?? 'main'} ${file}\n`);
}

export const systemBuiltins: Readonly<Record<string, Builtin>> = { umask, ulimit, times, history, caller };
