/**
 * lsof (4.95).
 * Models: all files, -p, -u, -c, -i with addresses, -s for states, -t, -n, -P, -a, +D, +d and names of files. Leaves out:
 * mapped files and threads, of which processes here have none, -F and the other options.
 */
import { failed } from '../../../protocol/errno.ts';
import { userIdOf } from '../../accounts.ts';
import type { Io } from '../../io.ts';
import type { Process } from '../../../protocol/program.ts';
import { escapeRegExp } from '../../shell/expand/pattern.ts';
import { openFiles, type OpenFile } from './open-file-list.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

type Test = (file: OpenFile) => boolean;

interface Asked {
  readonly tests: Test[];
  /** -a: all tests have to hold, not one. */
  all: boolean;
  terse: boolean;
  ports: boolean;
}

export const lsof = plainProgram('lsof', async ({ process, io, args }) => {
  const asked: Asked = { tests: [], all: false, terse: false, ports: false };
  const problem = await readArguments(process, io, args, asked);
  if (problem !== undefined) return problem;
  const { tests, all } = asked;
  const files = openFiles(process, asked).filter(
    (file) => tests.length === 0 || (all ? tests.every((test) => test(file)) : tests.some((test) => test(file))),
  );
  if (asked.terse) for (const pid of new Set(files.map(({ entry }) => entry.pid))) io.line(String(pid));
  else for (const line of table(files)) io.line(line);
  return await io.end(files.length === 0 ? 1 : 0);
});

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
      const directory = (rest.shift() ?? '').replace(/\/$/, '');
      const isDeep = word === '+D';
      asked.tests.push(({ name }) => name === directory || isBelow(name, directory, isDeep));
    } else if (!word.startsWith('-') || word === '-') asked.tests.push(await fileNamed(process, io, word));
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
        const address = after === '' && /^[46]|^(?:tcp|udp)|^[@:]/i.test(rest[0] ?? '') ? (rest.shift() ?? '') : after;
        asked.tests.push(addressTest(address));
        return undefined;
      }
      case 's': {
        const states = value().replace(/^\w+:/, '').split(',');
        asked.tests.push(
          ({ socket, name }) => socket !== undefined && states.some((state) => name.endsWith(`(${state})`)),
        );
        asked.all = true;
        return undefined;
      }
      case 'p': {
        const pids = value().split(',').map(Number);
        asked.tests.push(({ entry }) => pids.includes(entry.pid));
        return undefined;
      }
      case 'c': {
        const prefix = value();
        asked.tests.push(({ entry }) => entry.name.startsWith(prefix));
        return undefined;
      }
      case 'u': {
        const name = value();
        const uid = userIdOf(process, name);
        if (uid === undefined) {
          await io.raw(`lsof: can't get UID for ${name}\n`);
          return 1;
        }
        asked.tests.push(({ entry }) => entry.uid === uid);
        return undefined;
      }
      default:
        return await notSimulated(io, `lsof -${letter}`);
    }
  }
  return undefined;
}

/** `4tcp@10.0.0.1:22,80`: every part may be missing. */
function addressTest(text: string): Test {
  const [, version, protocol, host, ports] = /^([46])?(tcp|udp)?(?:@([^:]+))?(?::(.+))?$/i.exec(text) ?? [];
  const wanted = ports?.split(',');
  return ({ socket, name }) => {
    if (socket === undefined || version === '6') return false;
    if (protocol !== undefined && protocol.toLowerCase() !== socket.protocol) return false;
    const ends = [socket.local, ...(socket.peer === undefined ? [] : [socket.peer])];
    if (host !== undefined && !ends.some(({ ip }) => ip === host)) return false;
    return (
      wanted === undefined ||
      wanted.some(
        (port) =>
          ends.some((end) => String(end.port) === port) || new RegExp(`:${escapeRegExp(port)}(?:->| |$)`).test(name),
      )
    );
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
