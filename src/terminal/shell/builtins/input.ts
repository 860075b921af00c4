import { failed } from '../../../protocol/errno.ts';
import { signalNumber } from '../../../protocol/program.ts';
import { isPosix } from '../options/posix-mode.ts';
import { streamSplit } from '../split-fields.ts';
import { wait, type Op } from '../machine/op.ts';
import { promptText } from '../prompt/prompt.ts';
import { readLine } from '../input/read-line.ts';
import type { Shell } from '../shell.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import type { Builtin } from './builtin.ts';
import { readLetters } from './letters.ts';
import { fault, isName, usage } from './message.ts';

interface ReadOptions {
  raw: boolean;
  silent: boolean;
  array: string | undefined;
  prompt: string;
  delimiter: number;
  count: number | undefined;
  exact: boolean;
  timeoutUs: number | undefined;
  fd: number;
}

function* read(shell: Shell, args: readonly string[]): Op<number> {
  const options: ReadOptions = {
    raw: false,
    silent: false,
    array: undefined,
    prompt: '',
    delimiter: 10,
    count: undefined,
    exact: false,
    timeoutUs: undefined,
    fd: 0,
  };
  const letters = yield* readLetters(shell, 'read', args, 'a:d:ei:n:N:p:rst:u:');
  if (typeof letters === 'number') return letters;
  for (const { letter, value } of letters.given) {
    const problem = setOption(options, letter, value);
    if (problem !== undefined) return yield* fault(shell, `read: ${problem}`);
  }
  const names = letters.operands;
  const bad = [...(options.array === undefined ? [] : [options.array]), ...names].find(
    (name) => !/^[A-Za-z_]\w*(\[.*\])?$/.test(name),
  );
  if (bad !== undefined) return yield* fault(shell, `read: \`${bad}': not a valid identifier`);
  return yield* readInto(shell, options, names);
}

function setOption(options: ReadOptions, letter: string, value: string): string | undefined {
  switch (letter) {
    case 'r':
      options.raw = true;
      return undefined;
    case 's':
      options.silent = true;
      return undefined;
    case 'a':
      options.array = value;
      return undefined;
    case 'd':
      options.delimiter = value === '' ? 0 : value.charCodeAt(0);
      return undefined;
    case 'p':
      options.prompt = value;
      return undefined;
    case 'n':
    case 'N':
      if (!/^\d+$/.test(value)) return `${value}: invalid number`;
      options.count = Number(value);
      options.exact = letter === 'N';
      return undefined;
    case 't':
      if (!/^\d*\.?\d*$/.test(value)) return `${value}: invalid timeout specification`;
      options.timeoutUs = Math.round(Number(value) * 1e6);
      return undefined;
    case 'u':
      if (!/^\d+$/.test(value)) return `${value}: invalid file descriptor specification`;
      options.fd = Number(value);
      return undefined;
    default:
      return undefined;
  }
}

function* readInto(shell: Shell, options: ReadOptions, names: readonly string[]): Op<number> {
  const { process } = shell;
  if (!process.descriptors().includes(options.fd))
    return yield* fault(shell, `read: ${String(options.fd)}: invalid file descriptor: Bad file descriptor`);
  if (options.count === 0) {
    store(shell, options, names, '', names.length);
    return 0;
  }
  if (options.timeoutUs === 0) {
    // Nothing is read: whether something could be is all that is asked.
    const ready = yield* wait(process.poll([{ fd: options.fd }], 0));
    return failed(ready) || ready.length === 0 ? 1 : 0;
  }
  const tty = process.isatty(options.fd);
  if (tty && options.prompt !== '') yield* shell.write(2, promptText(shell, options.prompt.replace(/\\/g, '\\\\')));
  const old =
    tty && (options.silent || options.count !== undefined || options.delimiter !== 10)
      ? process.termios(options.fd)
      : undefined;
  if (old !== undefined && !failed(old))
    process.setTermios(options.fd, {
      echo: !options.silent && old.echo,
      canonical: options.count === undefined && options.delimiter === 10,
    });
  const line = yield* readLine(shell, options.fd, {
    delimiter: options.exact ? -1 : options.delimiter,
    raw: options.raw,
    ...(options.count === undefined ? {} : { count: options.count }),
    ...patience(shell, options),
  });
  if (old !== undefined && !failed(old)) process.setTermios(options.fd, old);
  if (shell.unwind?.type === 'exit') return shell.status;
  const [signal] = line.type === 'end' && isPosix(shell) && shell.personality === 'bash' ? shell.pendingSignals : [];
  if (signal !== undefined) return 128 + signalNumber(signal);
  if (line.type === 'error')
    return yield* fault(
      shell,
      `read: read error: ${String(options.fd)}: ${line.message === 'EISDIR' ? 'Is a directory' : 'Bad file descriptor'}`,
    );
  const refused = names.findIndex((name) => shell.vars.find(name)?.readonly === true);
  store(shell, options, names, line.text.replace(/\0/g, ''), refused < 0 ? names.length : refused);
  if (refused >= 0) return yield* fault(shell, `${names[refused] ?? ''}: readonly variable`);
  return line.type === 'line' ? 0 : line.type === 'timeout' ? 142 : 1;
}

/** How long to wait: `-t`, or TMOUT where the input is no file. */
function patience(shell: Shell, { timeoutUs, fd }: ReadOptions): { readonly timeoutUs?: number } {
  if (timeoutUs !== undefined) return { timeoutUs };
  const seconds = Number(shell.vars.get('TMOUT') ?? '0');
  return seconds > 0 && failed(shell.process.seek(fd, 0, 'current')) ? { timeoutUs: Math.round(seconds * 1e6) } : {};
}

/** Gives the names their words; those before `until` alone are assigned. */
function store(shell: Shell, options: ReadOptions, names: readonly string[], text: string, until: number): void {
  if (options.array !== undefined) {
    const variable = shell.vars.ensure(options.array);
    shell.refuseReadonly(options.array, variable);
    variable.value = undefined;
    const fields = options.exact ? [text] : streamSplit(text, shell.ifs, undefined, options.raw);
    variable.indexed = new Map(fields.map((field, at) => [at, field]));
    return;
  }
  if (names.length === 0) {
    shell.assign('REPLY', options.raw ? text : text.replace(/\\([\s\S])/g, '$1'));
    return;
  }
  if (options.exact) {
    names.slice(0, until).forEach((name, at) => {
      assignTo(shell, name, at === 0 ? text : '');
    });
    return;
  }
  const fields = streamSplit(text, shell.ifs, names.length, options.raw);
  names.slice(0, until).forEach((name, at) => {
    assignTo(shell, name, fields[at] ?? '');
  });
}

function assignTo(shell: Shell, name: string, value: string): void {
  const match = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
  if (match === null) shell.assign(name, value);
  else shell.assignElement(match[1] ?? '', arrayKey(shell, match[1] ?? '', match[2] ?? ''), value);
}

function* getopts(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'getopts', args, '');
  if (typeof letters === 'number') return letters;
  const [spec, name, ...given] = letters.operands;
  if (spec === undefined || name === undefined) return yield* usage(shell, 'getopts');
  if (!isName(name)) return yield* fault(shell, `getopts: \`${name}': not a valid identifier`);
  const words = given.length > 0 ? given : shell.positional;
  const silent = spec.startsWith(':');
  let index = Number(shell.vars.get('OPTIND') ?? '1');
  const word = words[index - 1];
  const finish = (): number => {
    shell.assign(name, '?');
    setIndex(shell, index, 1);
    return 1;
  };
  if (shell.getoptsAt === 1) {
    if (word === undefined || !word.startsWith('-') || word === '-') return finish();
    if (word === '--') {
      index += 1;
      return finish();
    }
  }
  const letter = word?.charAt(shell.getoptsAt) ?? '';
  const more = shell.getoptsAt + 1 < (word?.length ?? 0);
  const known = letter !== ':' && spec.indexOf(letter, silent ? 1 : 0) >= 0;
  const wantsValue = known && spec.charAt(spec.indexOf(letter, silent ? 1 : 0) + 1) === ':';
  const position = shell.getoptsAt;
  if (!known) {
    setIndex(shell, more ? index : index + 1, more ? position + 1 : 1);
    shell.assign(name, '?');
    if (silent) shell.assign('OPTARG', letter);
    else {
      shell.vars.unset('OPTARG');
      if (shell.vars.get('OPTERR') !== '0') yield* shell.write(2, `${shell.arg0}: illegal option -- ${letter}\n`);
    }
    return 0;
  }
  if (!wantsValue) {
    setIndex(shell, more ? index : index + 1, more ? position + 1 : 1);
    shell.vars.unset('OPTARG');
    shell.assign(name, letter);
    return 0;
  }
  const value = more ? word?.slice(position + 1) : words[index];
  setIndex(shell, more ? index + 1 : index + 2, 1);
  if (value === undefined) {
    setIndex(shell, index + 1, 1);
    shell.assign(name, silent ? ':' : '?');
    if (silent) shell.assign('OPTARG', letter);
    else {
      shell.vars.unset('OPTARG');
      if (shell.vars.get('OPTERR') !== '0')
        yield* shell.write(
          2,
          shell.personality === 'bash'
            ? `${shell.arg0}: option requires an argument -- ${letter}\n`
            : `No arg for -${letter} option\n`,
        );
    }
    return 0;
  }
  shell.assign('OPTARG', value);
  shell.assign(name, letter);
  return 0;
}

function setIndex(shell: Shell, index: number, at: number): void {
  shell.vars.put('OPTIND', String(index));
  shell.getoptsAt = at;
}

export const inputBuiltins: Readonly<Record<string, Builtin>> = { read, getopts };
