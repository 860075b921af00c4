/**
 * apk (apk-tools 2.14).
 * Models: add, del, update, upgrade, info, search, list -I, --no-cache, -U, -q, --virtual's refusal; the world.
 * Leaves out: pinned versions, virtual packages, fix, cache, audit.
 */
import { readTar } from '../../../formats/tar.ts';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import { parseOptions, type Applet, type Invocation } from '../../coreutils/command.ts';
import { notSimulated, plainProgram } from '../../system/plain-program.ts';
import { ApkDatabase, closure, parseIndex, unneeded, type ApkPackage } from './apk-database.ts';
import { apkInfo, apkList, apkSearch } from './apk-query.ts';
import { failureText, fetchFile } from '../fetch-file.ts';
import { writeWithParents } from '../package-units.ts';

const LONG = {
  'no-cache': 'no-cache',
  'update-cache': 'U',
  update: 'U',
  quiet: 'q',
  verbose: 'v',
  virtual: 't',
  upgrade: 'u',
  latest: 'l',
  installed: 'I',
  all: 'a',
  contents: 'L',
  depends: 'R',
  size: 's',
  description: 'd',
  webpage: 'w',
  'who-owns': 'W',
  'no-progress': 'no-progress',
  purge: 'purge',
  'allow-untrusted': 'allow-untrusted',
  simulate: 'simulate',
  repository: 'X',
  version: 'V',
};
/** Time that unpacking a package takes, µs. */
const UNPACK_US = 20_000;

type Call = Pick<Invocation, 'process' | 'io' | 'options'> & { readonly names: readonly string[] };

export const apk: Applet = plainProgram('apk', async ({ process, io, args }) => {
  const options = parseOptions(args, { name: 'apk', short: 'UqvVt:ulIaLRsdwWeX:', long: LONG });
  if ('problem' in options) {
    await io.raw(`apk: ${options.problem.replace(/^invalid option -- '(.)'$/, 'unrecognized option: $1')}\n`);
    return 1;
  }
  const [verb, ...names] = options.operands;
  const call = { process, io, options, names };
  if (options.has('V')) {
    io.line('apk-tools 2.14.9, compiled for x86_64.');
    return await io.end(0);
  }
  for (const [letter, name] of [
    ['t', '--virtual'],
    ['X', '--repository'],
  ] as const)
    if (options.has(letter)) return await notSimulated(io, `apk ${verb ?? ''} ${name}`);
  switch (verb) {
    case 'add':
      return await io.end(await add(call));
    case 'del':
      return await io.end(await remove(call));
    case 'update':
      return await io.end(await update(call));
    case 'upgrade':
      return await io.end(await upgrade(call));
    case 'info':
      return await io.end(await apkInfo(call));
    case 'search':
      return await io.end(await apkSearch(call, await available(call, new ApkDatabase(process))));
    case 'list':
      return await io.end(await apkList(call, await available(call, new ApkDatabase(process))));
    case undefined:
      io.out('apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n');
      return await io.end(1);
    default:
      if (['fix', 'cache', 'audit', 'fetch', 'policy', 'stats', 'version', 'dot', 'index', 'verify'].includes(verb))
        return await notSimulated(io, `apk ${verb}`);
      await io.raw(`ERROR: '${verb}' is not an apk command. See 'apk --help'.\n`);
      return 1;
  }
});

/** Packages of the repositories; their indexes are loaded where they are not there, or where that was asked for. */
async function available(call: Call, database: ApkDatabase): Promise<ReadonlyMap<string, ApkPackage>> {
  const { process, options } = call;
  const found = new Map<string, ApkPackage>();
  const keeps = !options.has('no-cache');
  const loads = options.has('U') || !keeps || !database.hasIndexes();
  for (const repository of database.repositories()) {
    const kept = process.readFile(database.cachePath(repository));
    const bytes = loads ? await loadIndex(call, database, repository, keeps) : failed(kept) ? undefined : kept;
    const index = bytes === undefined ? undefined : readTar(bytes)?.find(({ name }) => name === 'APKINDEX');
    for (const each of parseIndex(decodeUtf8(index?.bytes ?? new Uint8Array(0)), repository))
      if (!found.has(each.name)) found.set(each.name, each);
  }
  return found;
}

async function loadIndex(
  { process, io, options }: Call,
  database: ApkDatabase,
  repository: string,
  keeps: boolean,
): Promise<Uint8Array | undefined> {
  const url = `${repository}/x86_64/APKINDEX.tar.gz`;
  if (!options.has('q')) io.line(`fetch ${url}`);
  await io.flush();
  const fetched = await fetchFile(process, url);
  if (fetched.type === 'file') {
    if (keeps) writeWithParents(process, database.cachePath(repository), fetched.bytes, 0o644);
    return fetched.bytes;
  }
  const why =
    fetched.type === 'unresolved'
      ? fetched.temporary
        ? 'temporary error (try again later)'
        : 'DNS: name does not exist'
      : fetched.type === 'refused'
        ? 'HTTP error 404: Not Found'
        : 'network error (check Internet connection and firewall)';
  await io.raw(`WARNING: updating and opening ${repository}: ${why}\n`);
  return undefined;
}

/** Nobody but root may write the database. */
async function locked({ process, io }: Call): Promise<boolean> {
  if (process.credentials().uid === 0) return true;
  await io.raw(
    'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
  );
  return false;
}

async function update(call: Call): Promise<number> {
  const { process, io, options } = call;
  if (!(await locked(call))) return 99;
  const database = new ApkDatabase(process);
  const found = new Map<string, ApkPackage>();
  let failures = 0;
  const lines: string[] = [];
  for (const repository of database.repositories()) {
    const bytes = await loadIndex(call, database, repository, true);
    const index = bytes === undefined ? undefined : readTar(bytes)?.find(({ name }) => name === 'APKINDEX');
    if (index === undefined) failures += 1;
    else lines.push(`${/v3\.\d+/.exec(repository)?.[0] ?? 'edge'} [${repository}]`);
    for (const each of parseIndex(decodeUtf8(index?.bytes ?? new Uint8Array(0)), repository))
      found.set(each.name, each);
  }
  for (const line of lines) io.line(line);
  const count = `${String(found.size)} distinct packages available`;
  if (failures > 0) {
    io.line(`${String(failures)} unavailable, 0 stale; ${count}`);
    return failures;
  }
  if (!options.has('q')) io.line(`OK: ${count}`);
  return 0;
}

async function add(call: Call): Promise<number> {
  const { process, io, names, options } = call;
  if (!(await locked(call))) return 99;
  const database = new ApkDatabase(process);
  const wanted = names.map((name) => name.replace(/[=<>~].*$/, ''));
  const packages = await available(call, database);
  const { add: adding, missing } = closure(database.installed, packages, wanted);
  if (missing.length > 0) {
    await io.raw('ERROR: unable to select packages:\n');
    for (const [name, by] of missing) await io.raw(`  ${name} (no such package):\n    required by: ${by}\n`);
    return missing.length;
  }
  for (const name of wanted) database.world.add(name);
  for (const [at, each] of adding.entries()) {
    if (!options.has('q'))
      io.line(`(${String(at + 1)}/${String(adding.length)}) Installing ${each.name} (${each.version})`);
    await io.flush();
    if (await unpack(call, database, each)) continue;
    await io.raw(`ERROR: ${each.name}-${each.version}: network error (check Internet connection and firewall)\n`);
    database.save();
    return 1;
  }
  database.save();
  finish(call, database, adding.length > 0);
  return 0;
}

async function unpack({ process, io }: Call, database: ApkDatabase, each: ApkPackage): Promise<boolean> {
  const fetched = await fetchFile(process, `${each.repository}/x86_64/${each.name}-${each.version}.apk`);
  if (fetched.type !== 'file') {
    await io.raw(`WARNING: ${each.name}-${each.version}: ${failureText(fetched)}\n`);
    return false;
  }
  const files = (readTar(fetched.bytes) ?? []).filter(({ name }) => !name.startsWith('.'));
  for (const { name, bytes, mode } of files) {
    // A link to busybox makes way for the program itself.
    process.unlink(`/${name}`);
    writeWithParents(process, `/${name}`, bytes ?? new Uint8Array(0), mode);
    process.chmod(`/${name}`, mode);
  }
  await process.cpu(UNPACK_US);
  database.installed.set(each.name, { ...each, files: files.map(({ name }) => name) });
  return true;
}

function finish({ io, options }: Call, database: ApkDatabase, changed: boolean): void {
  if (options.has('q')) return;
  if (changed) io.line(`Executing busybox-${database.installed.get('busybox')?.version ?? ''}.trigger`);
  io.line(database.summary());
}

async function remove(call: Call): Promise<number> {
  const { process, io, names, options } = call;
  if (!(await locked(call))) return 99;
  const database = new ApkDatabase(process);
  const unknown = names.filter((name) => !database.installed.has(name));
  if (unknown.length > 0 && unknown.length === names.length) {
    for (const name of unknown) await io.raw(`ERROR: No such package: ${name}\n`);
    return unknown.length;
  }
  for (const name of names) database.world.delete(name);
  const gone = unneeded(database);
  const kept = names.filter((name) => database.installed.has(name) && !gone.some((each) => each.name === name));
  if (kept.length > 0) {
    io.line('World updated, but the following packages are not removed due to:');
    for (const name of kept) {
      const by = [...database.installed.values()].filter(({ depends }) => depends.includes(name));
      io.line(`  ${name}: ${by.map((each) => each.name).join(' ')}`);
    }
    io.line('');
  }
  for (const [at, each] of gone.entries()) {
    if (!options.has('q')) io.line(`(${String(at + 1)}/${String(gone.length)}) Purging ${each.name} (${each.version})`);
    for (const path of each.files) process.unlink(`/${path}`);
    database.installed.delete(each.name);
    await io.flush();
  }
  database.save();
  finish(call, database, gone.length > 0);
  return 0;
}

/** Nothing newer than what the image has is ever in the repositories here. */
async function upgrade(call: Call): Promise<number> {
  if (!(await locked(call))) return 99;
  const database = new ApkDatabase(call.process);
  const packages = await available(call, database);
  const newer = [...database.installed.values()].filter(({ name, version }) => {
    const offered = packages.get(name);
    return offered !== undefined && offered.version !== version;
  });
  if (newer.length > 0) return await notSimulated(call.io, 'apk upgrade of packages that changed');
  if (!call.options.has('q')) call.io.line(database.summary());
  return 0;
}
