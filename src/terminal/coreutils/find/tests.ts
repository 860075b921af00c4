/** Tests and options of find by name. */
import { failed } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { groupIdOf, groupNameOf, userIdOf, userNameOf } from '../../accounts.ts';
import { localeOf, posixRegExp, regexFault, type RegexOptions } from '../../posix-regex.ts';
import { matches } from '../../shell/expand/pattern.ts';
import { parseDate } from '../date/parse-date.ts';
import { parseMode } from '../files/mode.ts';
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
  const kind = reader.walk.regexKind;
  const how: RegexOptions = {
    extended: kind === 'extended',
    ...(kind === 'emacs' ? { dialect: kind } : {}),
    ignoreCase: name === '-iregex',
    locale: localeOf(reader.process.env),
  };
  const regex = posixRegExp(kind === 'extended' ? `^(${source})$` : `^\\(${source}\\)$`, how);
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

function wrongTypes(name: string, text: string): string | undefined {
  if (text === '') return `Arguments to ${name} should contain at least one letter`;
  const seen = new Set<string>();
  for (let at = 0; at < text.length; at += 2) {
    const letter = text.charAt(at);
    if (!/^[fdlpsbcD]$/.test(letter)) return `Unknown argument to ${name}: ${letter}`;
    if (letter === 'D')
      return `${name} D is not supported because Solaris doors are not supported on the platform find was compiled on.`;
    if (seen.has(letter)) return `Duplicate file type '${letter}' in the argument list to ${name}.`;
    seen.add(letter);
    if (at + 1 === text.length) return undefined;
    if (text.charAt(at + 1) !== ',') return `Must separate multiple arguments to ${name} using: ','`;
  }
  return `Last file type in list argument to ${name} is missing, i.e., list is ending on: ','`;
}

/** -type, and -xtype, which sees links the other way round. */
const typeTest: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const wrong = wrongTypes(name, text);
  if (wrong !== undefined) throw new Usage(wrong);
  const types = text.split(',');
  if (name === '-type') return (here) => types.includes(TYPE_LETTERS[here.stat.type]);
  const { process, walk } = reader;
  return ({ path, stat }) => {
    const other = walk.follow === 'all' ? process.lstat(path) : process.stat(path);
    return types.includes(TYPE_LETTERS[failed(other) ? stat.type : other.type]);
  };
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

const DAY_MS = 86_400_000;

/** The time that ages count back from. */
function countedFrom({ process, walk }: ExpressionReader): number {
  const now = process.time().realtimeUs / 1_000;
  return walk.fromDayStart ? (Math.floor(now / DAY_MS) + 1) * DAY_MS : now;
}

/** -mtime, -amin and their like: days or minutes ago. */
const ageTest: TestMaker = (reader, name) => {
  const fits = reader.number(name);
  const now = countedFrom(reader);
  const unit = name.endsWith('min') ? 60_000 : DAY_MS;
  return ({ stat }) => fits(Math.floor((now - timeOf(stat, name.charAt(1))) / unit));
};
const newerTest: TestMaker = (reader, name) => {
  const path = reader.value(name);
  const reference = reader.process.stat(path);
  if (failed(reference)) throw new Usage(`\u2018${path}\u2019: No such file or directory`);
  return ({ stat }) => timeOf(stat, name === '-newer' ? 'm' : name.charAt(1)) > reference.modifiedMs;
};
/** -newerXY: a time of the file after a time of another one. */
const newerTimesTest: TestMaker = (reader, name) => {
  if (name.includes('B')) throw new Usage(`drydock: 'find ${name}' is not simulated`);
  const path = reader.value(name);
  const reference = reader.process.stat(path);
  if (failed(reference)) throw new Usage(`\u2018${path}\u2019: No such file or directory`);
  const [own, other] = [name.charAt(6), name.charAt(7)];
  return ({ stat }) => timeOf(stat, own) > timeOf(reference, other);
};
const newerThanDate: TestMaker = (reader, name) => {
  const text = reader.value(name);
  const when = parseDate(text, reader.process.time().realtimeUs);
  if (when === undefined) throw new Usage(`I cannot figure out how to interpret \u2018${text}\u2019 as a date or time`);
  return ({ stat }) => timeOf(stat, name.charAt(6)) > when / 1_000;
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
const unownedTest: TestMaker = ({ process }, name) => {
  const nameOf = name === '-nouser' ? userNameOf : groupNameOf;
  return ({ stat }) => nameOf(process, name === '-nouser' ? stat.uid : stat.gid) === undefined;
};
const fileSystemTest: TestMaker = (reader, name) => {
  const wanted = reader.value(name);
  return ({ path }) => {
    const system = reader.process.statfs(path);
    return !failed(system) && system.type === wanted;
  };
};
/** Days between the last change of the inode and the last access. */
const usedTest: TestMaker = (reader, name) => {
  const fits = reader.number(name);
  return ({ stat }) => fits(Math.floor((stat.accessedMs - stat.changedMs) / DAY_MS));
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

const REGEX_KINDS: Readonly<Record<string, ExpressionReader['walk']['regexKind']>> = {
  'findutils-default': 'emacs',
  ed: 'basic',
  emacs: 'emacs',
  'gnu-awk': 'extended',
  grep: 'basic',
  'posix-awk': 'extended',
  awk: 'extended',
  'posix-basic': 'basic',
  'posix-egrep': 'extended',
  egrep: 'extended',
  'posix-extended': 'extended',
  'posix-minimal-basic': 'basic',
  sed: 'basic',
};
const regexKindOption: TestMaker = (reader, name) => {
  const given = reader.value(name);
  const kind = REGEX_KINDS[given];
  if (kind === undefined) {
    const valid = Object.keys(REGEX_KINDS).map((each) => `\u2018${each}\u2019`);
    throw new Usage(`Unknown regular expression type \u2018${given}\u2019; valid types are ${valid.join(', ')}.`);
  }
  reader.walk.regexKind = kind;
  return always;
};
const oneFileSystemOption: TestMaker = ({ walk }) => {
  walk.oneFileSystem = true;
  return always;
};
const notSimulated: TestMaker = (_, name) => {
  throw new Usage(`drydock: 'find ${name}' is not simulated`);
};

/** -newerXY by the letters of the times: access, status, modification, birth, and a time that is written. */
const newerTests = [...'acmB'].flatMap((own) =>
  [...'acmBt'].map((other): [string, TestMaker] => [
    `-newer${own}${other}`,
    other === 't' && own !== 'B' ? newerThanDate : newerTimesTest,
  ]),
);

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
  ...Object.fromEntries(newerTests),
  '-used': usedTest,
  '-xtype': typeTest,
  '-fstype': fileSystemTest,
  '-nouser': unownedTest,
  '-nogroup': unownedTest,
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
    walk.follow = 'all';
    return always;
  },
  '-daystart': ({ walk }) => {
    walk.fromDayStart = true;
    return always;
  },
  '-regextype': regexKindOption,
  '-xdev': oneFileSystemOption,
  '-mount': oneFileSystemOption,
  '-noleaf': () => always,
  '-ignore_readdir_race': () => always,
  '-noignore_readdir_race': () => always,
  '-warn': () => always,
  '-nowarn': () => always,
  '-files0-from': notSimulated,
  '-context': () => {
    throw new Usage('invalid predicate -context: SELinux is not enabled.');
  },
};
