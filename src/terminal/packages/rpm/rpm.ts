/**
 * rpm (4.16; 4.11 where the image is of that time).
 * Models: -q with -a -f -p -i -l -c -d -R --provides --whatprovides --whatrequires --last --qf, -V, -i, -U, -F, -e with --test, --nodeps,
 * --force, --replacepkgs, -v, -h; --import; --eval of %{?dist}, %_arch and the like.
 * Leaves out: capabilities other than packages' names, build facts of headers, scriptlets, signatures other than the warning of an unknown key, --root, --relocate, --changelog.
 */
import { compareEvr, type readRpm, type RpmHeader } from '../../../formats/rpm.ts';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Applet } from '../../coreutils/command.ts';
import type { Io } from '../../io.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { RpmDatabase, shownName } from './rpm-database.ts';
import { eraseRpm, unpackRpm } from './rpm-files.ts';
import { parseRpmOptions, type RpmOptions } from './rpm-options.ts';
import { packageAt, query, unknownKey, verify } from './rpm-query.ts';

export const rpm: Applet = plainProgram('rpm', async (call) => await call.io.end(await run(call)));

async function run({ process, io, args }: PlainCall): Promise<number> {
  const own = io.name === 'rpmquery' ? ['-q'] : io.name === 'rpmverify' ? ['-V'] : [];
  const options = parseRpmOptions([...own, ...args]);
  const database = new RpmDatabase(process);
  const version = database.isOld ? '4.11.3' : '4.16.1.3';
  if ('problem' in options) {
    await io.raw(`rpm: ${options.problem}\n`);
    return 1;
  }
  if (options.absent !== undefined) return await notSimulated(io, `rpm ${options.absent}`);
  const { mode, operands } = options;
  if (options.has('quiet') && mode !== 'query') return await notSimulated(io, 'rpm --quiet');
  if (options.has('version')) {
    io.line(`RPM version ${version}`);
    return 0;
  }
  if (options.has('eval')) return await evaluate(io, options.value('eval') ?? '', database.isOld);
  if (mode === undefined || options.has('help')) {
    io.out(
      `RPM version ${version}\nCopyright (C) 1998-2002 - Red Hat, Inc.\nThis program may be freely redistributed under the terms of the GNU GPL\n\nUsage: rpm -q|-V [-a] [-f FILE] [-p PACKAGE] [-i] [-l] [-c] [-R] [NAME...]\n        rpm -i|-U|-F [-v] [-h] [--test] [--nodeps] [--force] PACKAGE...\n        rpm -e [-v] [--test] [--nodeps] NAME...\n`,
    );
    return mode === undefined && !options.has('help') ? 1 : 0;
  }
  const call = { process, io, has: options.has, value: options.value, operands };
  const selectors = ['a', 'f', 'p', 'whatprovides', 'whatrequires'].filter((each) => options.has(each));
  if ((mode === 'query' || mode === 'verify') && selectors.length > 1) {
    await io.raw('rpm: one type of query/verify may be performed at a time\n');
    return 1;
  }
  if (operands.length === 0 && !options.has('a')) {
    await io.raw(mode === 'import' ? 'rpmkeys: no arguments given\n' : `rpm: ${NONE[mode]}\n`);
    return 1;
  }
  switch (mode) {
    case 'query':
      return await query(call);
    case 'verify':
      return await verify(call);
    case 'import':
      return await importKeys({ process, io }, database, operands);
    case 'erase':
      return await erase({ process, io }, database, options);
    default:
      return await install({ process, io }, database, options, mode);
  }
}

const NONE = {
  query: 'no arguments given for query',
  verify: 'no arguments given for verify',
  install: 'no packages given for install',
  upgrade: 'no packages given for install',
  freshen: 'no packages given for install',
  reinstall: 'no packages given for install',
  erase: 'no packages given for erase',
  import: '',
} as const;

/** Macros that people ask for. */
async function evaluate(io: Io, text: string, isOld: boolean): Promise<number> {
  const macros: Readonly<Record<string, string>> = {
    dist: isOld ? '.el7' : '.el9',
    _arch: 'x86_64',
    rhel: isOld ? '7' : '9',
    _dbpath: '/var/lib/rpm',
    _bindir: '/usr/bin',
    _sysconfdir: '/etc',
  };
  let unknown: string | undefined;
  const done = text.replaceAll(/%\{\??(\w+)\}|%(\w+)/g, (_, long?: string, short?: string) => {
    const name = long ?? short ?? '';
    const value = macros[name];
    if (value === undefined) unknown ??= name;
    return value ?? '';
  });
  if (unknown !== undefined) return await notSimulated(io, `rpm --eval %${unknown}`);
  io.line(done);
  return 0;
}

type Call = Pick<PlainCall, 'process' | 'io'>;

async function isLocked({ process, io }: Call): Promise<boolean> {
  if (process.credentials().uid === 0) return false;
  await io.raw("error: can't create transaction lock on /var/lib/rpm/.rpm.lock (Permission denied)\n");
  return true;
}

async function importKeys(call: Call, database: RpmDatabase, operands: readonly string[]): Promise<number> {
  const { process, io } = call;
  if (await isLocked(call)) return 1;
  let status = 0;
  for (const path of operands) {
    if (/^https?:/.test(path)) return await notSimulated(io, 'rpm --import URL');
    const bytes = process.readFile(path.replace(/^file:\/\//, ''));
    const number = failed(bytes) ? undefined : /^key ([0-9A-F]{16})$/m.exec(decodeUtf8(bytes))?.[1];
    if (number === undefined) {
      await io.raw(`error: ${path}: import read failed(${failed(bytes) ? '2' : '-1'}).\n`);
      status += 1;
      continue;
    }
    const short = number.slice(8).toLowerCase();
    if (!database.hasKey(short)) database.addKey(short, '6279464b', 'gpg', now(call));
  }
  database.save();
  return status;
}

const now = ({ process }: Call): number => Math.floor(process.time().realtimeUs / 1_000_000);

/** A line of hash marks; on a terminal with how far it is. */
function hashes({ process, io }: Call, options: RpmOptions, title: string): void {
  if (!options.has('h')) return;
  io.line(title.padEnd(38) + (process.isatty(1) ? `${'#'.repeat(33)} [100%]` : '#'.repeat(40)));
}

type Package = Exclude<ReturnType<typeof readRpm>, undefined>;

async function install(
  call: Call,
  database: RpmDatabase,
  options: RpmOptions,
  mode: 'install' | 'upgrade' | 'freshen' | 'reinstall',
): Promise<number> {
  const { process, io } = call;
  const wanted: Package[] = [];
  let status = 0;
  for (const path of options.operands) {
    if (/^(https?|ftp):/.test(path)) return await notSimulated(io, 'rpm -i URL');
    const read = packageAt(process, path);
    if (typeof read === 'string' || read === undefined) {
      await io.raw(`${read ?? ''}\n`);
      status += 1;
      continue;
    }
    const warning = options.has('nosignature') ? undefined : unknownKey(database, path, read.header);
    if (warning !== undefined) await io.raw(`${warning}\n`);
    if (mode !== 'freshen' || database.get(read.header.name) !== undefined) wanted.push(read);
  }
  if (status > 0 || wanted.length === 0) return status;
  if (await isLocked(call)) return 1;
  const names = new Set([...database.packages, ...wanted.map(({ header }) => header)].map(({ name }) => name));
  const unmet = options.has('nodeps')
    ? []
    : wanted.flatMap(({ header }) =>
        header.requires.filter((name) => !names.has(name)).map((name) => `\t${name} is needed by ${label(header)}\n`),
      );
  if (unmet.length > 0) {
    await io.raw(`error: Failed dependencies:\n${unmet.join('')}`);
    return unmet.length;
  }
  hashes(call, options, 'Verifying...');
  hashes(call, options, 'Preparing...');
  const there = conflicts(database, wanted, options, mode);
  if (there.length > 0) {
    await io.raw(there.join(''));
    return there.length;
  }
  if (options.has('test')) return 0;
  if (options.has('h')) io.line('Updating / installing...');
  else if (options.has('v')) io.line('Preparing packages...');
  for (const [at, each] of wanted.entries()) {
    const { name, version, release } = each.header;
    const title = `${name}-${version}-${release}`;
    if (!options.has('h') && options.has('v')) io.line(label(each.header));
    hashes(call, options, process.isatty(1) ? `${String(at + 1).padStart(4)}:${title}` : title);
    await io.flush();
    await unpackRpm(process, database, each, { fromRepo: 'System', user: true });
  }
  return 0;
}

const label = ({ name, version, release, arch }: RpmHeader): string => `${name}-${version}-${release}.${arch}`;

/** Why packages that are there already keep others from coming. */
function conflicts(
  database: RpmDatabase,
  wanted: readonly Package[],
  options: RpmOptions,
  mode: string,
): readonly string[] {
  if (options.has('force') || options.has('replacepkgs') || mode === 'reinstall') return [];
  return wanted.flatMap(({ header }) => {
    const before = database.get(header.name);
    if (before === undefined) return [];
    const order = compareEvr(header, before);
    if (order === 0) return [`\tpackage ${label(header)} is already installed\n`];
    if (mode === 'install')
      return before.files
        .filter(({ path, type }) => type === 'file' && header.files.some((file) => file.path === path))
        .map(
          ({ path }) =>
            `\tfile ${path} from install of ${label(header)} conflicts with file from package ${label(before)}\n`,
        );
    return order < 0 && !options.has('oldpackage')
      ? [`\tpackage ${label(before)} (which is newer than ${label(header)}) is already installed\n`]
      : [];
  });
}

async function erase(call: Call, database: RpmDatabase, options: RpmOptions): Promise<number> {
  const { process, io } = call;
  const gone = options.operands.flatMap((word) => database.find(word));
  const unknown = options.operands.filter((word) => database.find(word).length === 0);
  for (const word of unknown) await io.raw(`error: package ${word} is not installed\n`);
  if (unknown.length > 0) return unknown.length;
  if (await isLocked(call)) return 1;
  const unmet = options.has('nodeps')
    ? []
    : gone.flatMap(({ name }) =>
        database
          .dependents(name)
          .filter((each) => !gone.includes(each))
          .map((each) => `\t${name} is needed by (installed) ${shownName(each)}\n`),
      );
  if (unmet.length > 0) {
    await io.raw(`error: Failed dependencies:\n${unmet.join('')}`);
    return unmet.length;
  }
  if (options.has('h')) hashes(call, options, 'Preparing...');
  else if (options.has('v')) io.line('Preparing packages...');
  if (options.has('test')) return 0;
  if (options.has('h')) io.line('Cleaning up / removing...');
  for (const [at, each] of gone.entries()) {
    const title = `${each.name}-${each.version}-${each.release}`;
    if (!options.has('h') && options.has('v')) io.line(shownName(each));
    hashes(call, options, process.isatty(1) ? `${String(at + 1).padStart(4)}:${title}` : title);
    await io.flush();
    for (const line of await eraseRpm(process, database, each)) await io.raw(`${line}\n`);
  }
  return 0;
}
