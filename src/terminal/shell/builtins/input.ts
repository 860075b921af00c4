import { failed } from '../../../protocol/errno.ts';
import { streamSplit } from '../split-fields.ts';
import type { Op } from '../op.ts';
import { promptText } from '../prompt.ts';
import { readLine } from '../read-line.ts';
import type { Shell } from '../shell.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, isName } from './message.ts';

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

const READ_USAGE =
  'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';

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
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      if (letter === 'r') options.raw = true;
      else if (letter === 's') options.silent = true;
      else if (letter === 'e') continue;
      else if ('adinNptu'.includes(letter)) {
        const value = i + 1 < arg.length ? arg.slice(i + 1) : args[(at += 1)];
        if (value === undefined) {
          yield* shell.complain(`read: -${letter}: option requires an argument`);
          yield* shell.write(2, `read: usage: ${READ_USAGE}\n`);
          return 2;
        }
        const problem = setOption(options, letter, value);
        if (problem !== undefined) return yield* fault(shell, `read: ${problem}`);
        break;
      } else return yield* invalidOption(shell, 'read', `-${letter}`, READ_USAGE);
    }
  }
  const names = args.slice(at);
  const bad = names.find((name) => !/^[A-Za-z_]\w*(\[.*\])?$/.test(name));
  if (bad !== undefined) return yield* fault(shell, `read: \`${bad}': not a valid identifier`);
  return yield* readInto(shell, options, names);
}

function setOption(options: ReadOptions, letter: string, value: string): string | undefined {
  switch (letter) {
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
    ...(options.timeoutUs === undefined ? {} : { timeoutUs: options.timeoutUs }),
  });
  if (old !== undefined && !failed(old)) process.setTermios(options.fd, old);
  if (line.type === 'error')
    return yield* fault(
      shell,
      `read: read error: ${String(options.fd)}: ${line.message === 'EISDIR' ? 'Is a directory' : 'Bad file descriptor'}`,
    );
  const refused = names.find((name) => shell.vars.find(name)?.readonly === true);
  if (refused !== undefined) return yield* fault(shell, `${refused}: readonly variable`);
  store(shell, options, names, line.text.replace(/\0/g, ''));
  return line.type === 'line' ? 0 : line.type === 'timeout' ? 142 : 1;
}

function store(shell: Shell, options: ReadOptions, names: readonly string[], text: string): void {
  if (options.array !== undefined) {
    const variable = shell.vars.ensure(options.array);
    shell.refuseReadonly(options.array, variable);
    variable.value = undefined;
    variable.indexed = new Map(streamSplit(text, shell.ifs, undefined, options.raw).map((field, at) => [at, field]));
    return;
  }
  if (names.length === 0) {
    shell.assign('REPLY', options.raw ? text : text.replace(/\\([\s\S])/g, '$1'));
    return;
  }
  if (options.exact) {
    names.forEach((name, at) => {
      assignTo(shell, name, at === 0 ? text : '');
    });
    return;
  }
  const fields = streamSplit(text, shell.ifs, names.length, options.raw);
  names.forEach((name, at) => {
    assignTo(shell, name, fields[at] ?? '');
  });
}

function assignTo(shell: Shell, name: string, value: string): void {
  const match = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
  if (match === null) shell.assign(name, value);
  else shell.assignElement(match[1] ?? '', arrayKey(shell, match[1] ?? '', match[2] ?? ''), value);
}

function* mapfile(shell: Shell, args: readonly string[]): Op<number> {
  let strip = false;
  let fd = 0;
  let delimiter = 10;
  let count = 0;
  let skip = 0;
  let origin: number | undefined;
  let name = 'MAPFILE';
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!/^-[A-Za-z]/.test(arg)) {
      name = arg;
      continue;
    }
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      if (letter === 't') {
        strip = true;
        continue;
      }
      if (letter === 'C') return yield* fault(shell, "mapfile: drydock: 'mapfile -C' is not simulated");
      if (!'dnOsuc'.includes(letter))
        return yield* invalidOption(
          shell,
          'mapfile',
          `-${letter}`,
          'mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]',
        );
      const value = i + 1 < arg.length ? arg.slice(i + 1) : (args[(at += 1)] ?? '');
      if (letter === 'd') delimiter = value === '' ? 0 : value.charCodeAt(0);
      else if (letter === 'n') count = Number(value);
      else if (letter === 'O') origin = Number(value);
      else if (letter === 's') skip = Number(value);
      else if (letter === 'u') fd = Number(value);
      break;
    }
  }
  if (!isName(name)) return yield* fault(shell, `mapfile: \`${name}': not a valid identifier`);
  const lines: string[] = [];
  for (let seen = 0; count === 0 || lines.length < count; seen += 1) {
    const line = yield* readLine(shell, fd, { delimiter, raw: true });
    if (line.type !== 'line' && line.text === '') break;
    if (seen >= skip) lines.push(line.text + (strip || line.type !== 'line' ? '' : String.fromCharCode(delimiter)));
    if (line.type !== 'line') break;
  }
  const variable = shell.vars.ensure(name);
  shell.refuseReadonly(name, variable);
  if (origin === undefined) {
    variable.indexed = new Map();
    variable.value = undefined;
  }
  const indexed = shell.toIndexed(variable);
  lines.forEach((line, at) => indexed.set(at + (origin ?? 0), line));
  return 0;
}

function* getopts(shell: Shell, args: readonly string[]): Op<number> {
  const [spec, name, ...given] = args;
  if (spec === undefined || name === undefined) {
    yield* shell.write(2, 'getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
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

export const inputBuiltins: Readonly<Record<string, Builtin>> = { read, mapfile, readarray: mapfile, getopts };
