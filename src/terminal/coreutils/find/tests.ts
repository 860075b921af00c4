/** Tests and options of find by name. */
import { failed } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { groupIdOf, userIdOf } from '../../accounts.ts';
import { localeOf, posixRegExp, regexFault, type RegexOptions } from '../../posix-regex.ts';
import { matches } from '../../shell/expand/pattern.ts';
import { parseDate } from '../date/parse-date.ts';
import { parseMode } from '../mode.ts';
import type { ExpressionReader, Test } from './reader.ts';
import { Usage } from './reader.ts';

export type TestMaker = (reader: ExpressionReader, name: string) => Test;

export const TYPE_LETTERS: Readonly<Record<FileStat['type'], string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  block: 'b',
  char: 'c',
};

const always: Test = () => true;

const nameTest: TestMaker = (reader, name) => {
  const pattern = reader.value(name);
  return (here) => matches(pattern, here.name, { ignoreCase: name === '-iname' });
};
const pathTest: TestMaker = (reader, name) => {
  const pattern = reader.value(name);
  return (here) => matches(pattern, here.path, { ignoreCase: name.startsWith('-i') });
};
const regexTest: TestMaker = (reader, name) => {
  const source = reader.value(name);
  const how: RegexOptions = {
    extended: false,
    dialect: 'emacs',
    ignoreCase: name === '-iregex',
    locale: localeOf(reader.process.env),
  };
  const regex = posixRegExp(`^\\(${source}\\)$`, how);
  if (regex === undefined)
    throw new Usage(`failed to compile regular expression '${source}': ${regexFault(source, how)}`);
  return (here) => regex.test(here.path);
};
const linkNameTest: TestMaker = (reader, name) => {
  const pattern = reader.value(name);
  return ({ path, stat }) => {
    const target = stat.type === 'symlink' ? reader.process.readlink(path) : undefined;
    return target !== undefined && !failed(target) && matches(pattern, target, { ignoreCase: name === '-ilname' });
  };
};

const typeTest: TestMaker = (reader, name) => {
  const types = reader.value(name).split(',');
  const bad = types.find((type) => !/^[fdlpsbc]$/.test(type));
  if (bad !== undefined) throw new Usage(`Unknown argument to ${name}: ${bad}`);
  return (here) => types.includes(TYPE_LETTERS[here.stat.type]);
};

const UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1_024, M: 1_048_576, G: 1_073_741_824 };
const sizeTest: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const [, sign, digits, letter = ''] = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new Usage(`invalid ${name} type \`${text.slice(-1)}'`);
  const wanted = Number(digits);
  return ({ stat }) => {
    const size = Math.ceil(stat.size / (UNITS[letter] ?? 512));
    return sign === '+' ? size > wanted : sign === '-' ? size < wanted : size === wanted;
  };
};

const timeOf = (stat: FileStat, letter: string): number =>
  letter === 'a' ? stat.accessedMs : letter === 'c' ? stat.changedMs : stat.modifiedMs;

/** -mtime, -amin and their like: days or minutes ago. */
const ageTest: TestMaker = (reader, name) => {
  const fits = reader.number(name);
  const now = reader.process.time().realtimeUs / 1_000;
  const unit = name.endsWith('min') ? 60_000 : 86_400_000;
  return ({ stat }) => fits(Math.floor((now - timeOf(stat, name.charAt(1))) / unit));
};
const newerTest: TestMaker = (reader, name) => {
  const path = reader.value(name);
  const reference = reader.process.stat(path);
  if (failed(reference)) throw new Usage(`\u2018${path}\u2019: No such file or directory`);
  return ({ stat }) => timeOf(stat, name === '-newer' ? 'm' : name.charAt(1)) > reference.modifiedMs;
};
const newerThanDate: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const when = parseDate(text, reader.process.time().realtimeUs);
  if (when === undefined) throw new Usage(`I cannot figure out how to interpret \u2018${text}\u2019 as a date or time`);
  return ({ stat }) => timeOf(stat, 'm') > when / 1_000;
};

const permTest: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const bits = parseMode(text.replace(/^[-/]/, ''), 0, 0);
  if (bits === undefined) throw new Usage(`invalid mode \u2018${text}\u2019`);
  if (text.startsWith('-')) return ({ stat }) => (stat.mode & bits) === bits;
  if (text.startsWith('/')) return ({ stat }) => bits === 0 || (stat.mode & bits) !== 0;
  return ({ stat }) => stat.mode === bits;
};

const ownerTest: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const user = name === '-user';
  const id = user ? userIdOf(reader.process, text) : groupIdOf(reader.process, text);
  if (id === undefined)
    throw new Usage(`\u2018${text}\u2019 is not the name of ${user ? 'a known user' : 'an existing group'}`);
  return ({ stat }) => (user ? stat.uid : stat.gid) === id;
};

const emptyTest: TestMaker =
  ({ process }) =>
  ({ path, stat }) => {
    if (stat.type === 'file') return stat.size === 0;
    const entries = stat.type === 'directory' ? process.readdir(path) : undefined;
    return entries !== undefined && !failed(entries) && entries.length === 0;
  };
const accessTest: TestMaker = ({ process }, name) => {
  const mode = { '-readable': { read: true }, '-writable': { write: true }, '-executable': { execute: true } }[name];
  return ({ path }) => mode !== undefined && !failed(process.access(path, mode));
};
const sameFileTest: TestMaker = (reader, name) => {
  const found = reader.process.stat(reader.value(name));
  return ({ stat }) => !failed(found) && stat.inode === found.inode && stat.device === found.device;
};
const countTest =
  (count: (stat: FileStat) => number): TestMaker =>
  (reader, name) => {
    const fits = reader.number(name);
    return ({ stat }) => fits(count(stat));
  };

const depthOption: TestMaker = (reader, name) => {
  const text = reader.value(name);
  if (!/^\d+$/.test(text))
    throw new Usage(`Expected a positive decimal integer argument to ${name}, but got \u2018${text}\u2019`);
  reader.walk[name === '-maxdepth' ? 'maxDepth' : 'minDepth'] = Number(text);
  return always;
};

export const TESTS: Readonly<Record<string, TestMaker>> = {
  '-name': nameTest,
  '-iname': nameTest,
  '-path': pathTest,
  '-wholename': pathTest,
  '-ipath': pathTest,
  '-regex': regexTest,
  '-iregex': regexTest,
  '-lname': linkNameTest,
  '-ilname': linkNameTest,
  '-type': typeTest,
  '-size': sizeTest,
  '-mtime': ageTest,
  '-mmin': ageTest,
  '-ctime': ageTest,
  '-cmin': ageTest,
  '-atime': ageTest,
  '-amin': ageTest,
  '-newer': newerTest,
  '-anewer': newerTest,
  '-cnewer': newerTest,
  '-newermt': newerThanDate,
  '-perm': permTest,
  '-user': ownerTest,
  '-group': ownerTest,
  '-uid': countTest(({ uid }) => uid),
  '-gid': countTest(({ gid }) => gid),
  '-links': countTest(({ links }) => links),
  '-inum': countTest(({ inode }) => inode),
  '-samefile': sameFileTest,
  '-empty': emptyTest,
  '-true': () => always,
  '-false': () => () => false,
  '-readable': accessTest,
  '-writable': accessTest,
  '-executable': accessTest,
  '-maxdepth': depthOption,
  '-mindepth': depthOption,
  '-depth': ({ walk }) => {
    walk.depthFirst = true;
    return always;
  },
  '-follow': ({ walk }) => {
    walk.follow = true;
    return always;
  },
  '-xdev': () => always,
  '-mount': () => always,
  '-noleaf': () => always,
};
