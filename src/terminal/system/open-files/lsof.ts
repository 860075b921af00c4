/**
 * lsof (4.95).
 * Models: all files, -p, -u, -c, -d (each with ^ to leave out), -i with addresses, -s for states, -t, -n, -P, -a, +D, +d, names
 * of files, -F with the fields acfginpPRstuL. Leaves out: mapped files and threads, of which processes here have none, and
 * the other options.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { userIdOf } from '../../accounts.ts';
import { fileText, type Io } from '../../io.ts';
import type { Process } from '../../../protocol/program.ts';
import { escapeRegExp } from '../../shell/expand/pattern.ts';
import { openFiles, type OpenFile } from './open-file-list.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

type Test = (file: OpenFile) => boolean;

interface Asked {
  /** By the option that they came with; one of an option is enough. */
  readonly tests: Map<string, Test[]>;
  /** What is left out (`^`), whatever else is asked for. */
  readonly without: Test[];
  /** -a: each option has to hold, not one of them. */
  all: boolean;
  terse: boolean;
  ports: boolean;
  /** -F: a field a line. */
  fields: string | undefined;
}

function ask(asked: Asked, option: string, test: Test): void {
  asked.tests.set(option, [...(asked.tests.get(option) ?? []), test]);
}

export const lsof = plainProgram('lsof', async ({ process, io, args }) => {
  const asked: Asked = { tests: new Map(), without: [], all: false, terse: false, ports: false, fields: undefined };
  const problem = await readArguments(process, io, args, asked);
  if (problem !== undefined) return problem;
  const options = [...asked.tests.values()];
  const files = openFiles(process, asked).filter((file) => {
    const holds = (tests: readonly Test[]): boolean => tests.some((test) => test(file));
    const isAsked = options.length === 0 || (asked.all ? options.every(holds) : options.some(holds));
    return isAsked && asked.without.every((test) => !test(file));
  });
  if (asked.terse) for (const pid of new Set(files.map(({ entry }) => entry.pid))) io.line(String(pid));
  else if (asked.fields !== undefined) for (const line of fieldLines(files, asked.fields)) io.line(line);
  else for (const line of table(files)) io.line(line);
  return await io.end(files.length === 0 ? 1 : 0);
});

/** What follows a mistake in the arguments. */
const USAGE = `lsof 4.95.0
 latest revision: https://github.com/lsof-org/lsof
 latest FAQ: https://github.com/lsof-org/lsof/blob/master/00FAQ
 latest (non-formatted) man page: https://github.com/lsof-org/lsof/blob/master/Lsof.8
 usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]
 [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]
 [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]
Use the \`\`-h'' option to get more help information.
`;

async function mistaken(io: Io, text: string): Promise<number> {
  await io.raw(`lsof: ${text}\n${USAGE}`);
  return 1;
}

/** Options may be written together (`-nP`) and with their value (`-i:22`). */
async function readArguments(
  process: Process,
  io: Io,
  args: readonly string[],
  asked: Asked,
): Promise<number | undefined> {
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '+D' || word === '+d') {
      const given = rest.shift() ?? '';
      const directory = given.replace(/\/$/, '');
      const stat = process.stat(given);
      if (failed(stat)) return await mistaken(io, `WARNING: can't stat(${given}): ${strerror(stat)}`);
      const isDeep = word === '+D';
      ask(asked, word, ({ name }) => name === directory || isBelow(name, directory, isDeep));
    } else if (!word.startsWith('-') || word === '-') ask(asked, 'name', await fileNamed(process, io, word));
    else {
      const failure = await readLetters(process, io, word.slice(1), rest, asked);
      if (failure !== undefined) return failure;
    }
  }
  return undefined;
}

const isBelow = (name: string, directory: string, isDeep: boolean): boolean =>
  name.startsWith(`${directory}/`) && (isDeep || !name.slice(directory.length + 1).includes('/'));

async function fileNamed(process: Process, io: Io, path: string): Promise<Test> {
  const stat = process.stat(path);
  if (failed(stat)) {
    await io.raw(`lsof: status error on ${path}: No such file or directory\n`);
    return () => false;
  }
  const full = process.realpath(path);
  const name = failed(full) ? path : full;
  return (file) => file.name === name;
}

async function readLetters(
  process: Process,
  io: Io,
  letters: string,
  rest: string[],
  asked: Asked,
): Promise<number | undefined> {
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const after = letters.slice(at + 1);
    const value = (): string => (after === '' ? (rest.shift() ?? '') : after);
    switch (letter) {
      case 'a':
        asked.all = true;
        continue;
      case 't':
        asked.terse = true;
        continue;
      case 'P':
        asked.ports = true;
        continue;
      case 'n':
      case 'w':
        continue;
      case 'i': {
        // Its value may be missing.
        const address = after === '' && /^[^-+/]/.test(rest[0] ?? '') ? (rest.shift() ?? '') : after;
        const test = addressTest(process, address);
        if (typeof test === 'string') return await mistaken(io, test);
        ask(asked, 'i', test);
        return undefined;
      }
      case 's': {
        const states = value().replace(/^\w+:/, '').split(',');
        ask(
          asked,
          's',
          ({ socket, name }) => socket !== undefined && states.some((state) => name.endsWith(`(${state})`)),
        );
        asked.all = true;
        return undefined;
      }
      case 'F':
        return await readFields(io, after === '' && /^[^-+]/.test(rest[0] ?? '') ? (rest.shift() ?? '') : after, asked);
      case 'p':
      case 'c':
      case 'd':
      case 'u':
        return await readList(process, io, letter, value(), asked);
      default:
        return await notSimulated(io, `lsof -${letter}`);
    }
  }
  return undefined;
}

const MISSING = {
  p: 'no process ID specified',
  c: 'missing -c option value',
  d: 'no file descriptor specified',
  u: 'no user specified',
} as const;

/** A list of what is to be shown, and of what is not, with `^`. */
async function readList(
  process: Process,
  io: Io,
  letter: keyof typeof MISSING,
  text: string,
  asked: Asked,
): Promise<number | undefined> {
  if (text === '') return await mistaken(io, MISSING[letter]);
  if (letter === 'c' && text.startsWith('/')) return await notSimulated(io, 'lsof -c with a regular expression');
  for (const word of letter === 'c' ? [text] : text.split(',')) {
    const bare = word.replace(/^\^/, '');
    const test = listed(process, letter, bare);
    if (test === undefined)
      return await mistaken(
        io,
        letter === 'u' ? `can't get UID for ${bare}` : `illegal ${letter === 'p' ? 'process ID' : 'FD'}: ${bare}`,
      );
    if (word.startsWith('^')) asked.without.push(test);
    else ask(asked, letter, test);
  }
  return undefined;
}

function listed(process: Process, letter: keyof typeof MISSING, word: string): Test | undefined {
  if (letter === 'c') return ({ entry }) => entry.name.startsWith(word);
  if (letter === 'p') return /^\d+$/.test(word) ? ({ entry }) => entry.pid === Number(word) : undefined;
  if (letter === 'u') {
    const uid = userIdOf(process, word);
    return uid === undefined ? undefined : ({ entry }) => entry.uid === uid;
  }
  const range = /^(\d+)(?:-(\d+))?$/.exec(word);
  if (range === null) return ({ fd }) => fd === word || (word === 'fd' && /^\d/.test(fd));
  const [low, high] = [Number(range[1]), Number(range[2] ?? range[1])];
  return ({ fd }) => /^\d+$/.test(fd) && Number(fd) >= low && Number(fd) <= high;
}

/** Fields of -F that are modelled: those of a process, then those of a file. */
const PROCESS_FIELDS: Readonly<Record<string, (file: OpenFile) => string>> = {
  p: ({ entry }) => String(entry.pid),
  g: ({ entry }) => String(entry.group),
  R: ({ entry }) => String(entry.ppid),
  c: ({ entry }) => entry.name,
  u: ({ entry }) => String(entry.uid),
  L: ({ user }) => user,
};
const FILE_FIELDS: Readonly<Record<string, (file: OpenFile) => string>> = {
  f: ({ fd }) => fd,
  a: ({ access }) => access.trim() || ' ',
  t: ({ type }) => type,
  s: ({ size }) => (/^\d+$/.test(size) ? size : ''),
  i: ({ node }) => (/^\d+$/.test(node) ? node : ''),
  P: ({ socket }) => socket?.protocol.toUpperCase() ?? '',
  n: ({ name }) => name,
};
const OTHER_FIELDS = 'CdDGklmMNoSTwxzZrK0E';

async function readFields(io: Io, letters: string, asked: Asked): Promise<number | undefined> {
  if (letters === '') return await notSimulated(io, 'lsof -F without fields');
  for (const letter of letters) {
    if (OTHER_FIELDS.includes(letter)) return await notSimulated(io, `lsof -F${letter}`);
    if (PROCESS_FIELDS[letter] === undefined && FILE_FIELDS[letter] === undefined)
      return await mistaken(io, `unknown field: ${letter}`);
  }
  asked.fields = letters;
  return undefined;
}

/** The process' number and the file's descriptor are always there. */
function fieldLines(files: readonly OpenFile[], letters: string): readonly string[] {
  let last: number | undefined;
  const fileLetters = [...letters].filter((letter) => FILE_FIELDS[letter] !== undefined);
  return files.flatMap((file) => {
    const isNew = file.entry.pid !== last;
    last = file.entry.pid;
    const rows = (fields: typeof FILE_FIELDS, always: string): readonly string[] =>
      Object.entries(fields)
        .filter(([letter]) => letter === always || letters.includes(letter))
        .map(([letter, of]) => `${letter}${of(file)}`)
        .filter((line) => line.length > 1);
    const own = isNew ? rows(PROCESS_FIELDS, 'p') : [];
    return [...own, ...(fileLetters.length === 0 && !letters.includes('f') ? ['f' + file.fd] : rows(FILE_FIELDS, 'f'))];
  });
}

/** `4tcp@10.0.0.1:22,80`: every part may be missing; a text says what is wrong. */
function addressTest(process: Process, text: string): Test | string {
  const match = /^([46])?([a-z]+)?(?:@([^:]+))?(?::(.+))?$/i.exec(text);
  if (match === null) return `unacceptable Internet address in: -i ${text}`;
  const [, version, protocol, host, ports] = match;
  if (protocol !== undefined && !/^(?:tcp|udp)$/i.test(protocol))
    return `unknown protocol name (${protocol}) in: -i ${text}`;
  const wanted = ports?.split(',');
  const services = fileText(process, '/etc/services') ?? '';
  const strange = wanted?.find(
    (port) => !/^\d+(?:-\d+)?$/.test(port) && !new RegExp(`^${escapeRegExp(port)}\\s`, 'm').test(services),
  );
  if (strange !== undefined) return `unknown service ${strange} in: -i ${text}`;
  const isWanted = (port: string, ends: readonly { readonly port: number }[], name: string): boolean => {
    const range = /^(\d+)-(\d+)$/.exec(port);
    if (range !== null) return ends.some((end) => end.port >= Number(range[1]) && end.port <= Number(range[2]));
    return ends.some((end) => String(end.port) === port) || new RegExp(`:${escapeRegExp(port)}(?:->| |$)`).test(name);
  };
  return ({ socket, name }) => {
    if (socket === undefined || version === '6') return false;
    if (protocol !== undefined && protocol.toLowerCase() !== socket.protocol) return false;
    const ends = [socket.local, ...(socket.peer === undefined ? [] : [socket.peer])];
    if (host !== undefined && !ends.some(({ ip }) => ip === host)) return false;
    return wanted === undefined || wanted.some((port) => isWanted(port, ends, name));
  };
}

const HEAD = ['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME'];

function table(files: readonly OpenFile[]): readonly string[] {
  if (files.length === 0) return [];
  const rows = files.map(({ entry, user, fd, access, type, device, size, node, name }) => [
    entry.name.slice(0, 9),
    String(entry.pid),
    user.slice(0, 8),
    `${fd.padStart(4)}${access.padEnd(2)}`,
    type,
    device,
    size,
    node,
    name,
  ]);
  const all = [HEAD.map((word) => (word === 'FD' ? '  FD  ' : word)), ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : column === HEAD.length - 1 ? cell : cell.padStart(width);
      })
      .join(' '),
  );
}
