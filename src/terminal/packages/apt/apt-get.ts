/**
 * apt-get and apt (2.8).
 * Models: update, install (NAME, NAME=VERSION, FILE.deb), reinstall, remove, purge, autoremove, upgrade, dist-upgrade,
 * clean, autoclean, check; for apt also list, show, search, policy, edit-sources. Locks, holds, key rings, packages that came along.
 * Leaves out: recommended and suggested packages, source packages, pinning, apt 3's colours and columns.
 */
import { failed } from '../../../protocol/errno.ts';
import { parseStanzas } from '../dpkg/deb-control.ts';
import { readDeb } from '../../../formats/deb.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import type { Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { AptArchive, type Offer } from './apt-archive.ts';
import { listPackages, policy, relations, searchPackages, showPackages } from './apt-cache.ts';
import { lockCaches, lockDpkg, lockLists, unlock } from './apt-lock.ts';
import { parseAptOptions, quietness } from './apt-options.ts';
import { planInstall, planRemoval, planUpgrade, unneeded, type Plan } from './apt-plan.ts';
import { announce, OPENING } from './apt-text.ts';
import { AptTransaction } from './apt-transaction.ts';
import { AptUpdate } from './apt-update.ts';

const VERSION = 'apt 2.8.3 (amd64)\n';
const USAGE =
  'Usage: apt-get [options] command\n       apt-get [options] install|remove pkg1 [pkg2 ...]\n       apt-get [options] source pkg1 [pkg2 ...]\n';
const ABSENT = [
  ...['source', 'build-dep', 'download', 'changelog', 'dselect-upgrade', 'satisfy', 'edit-sources'],
  ...['moo', 'indextargets'],
];

export const aptGet: Applet = plainProgram('apt-get', (call) => run(call, 'apt-get'));
export const apt: Applet = plainProgram('apt', (call) => run(call, 'apt'));

/** One command of apt-get with what it works on. */
interface AptCall {
  readonly process: Process;
  readonly io: Io;
  readonly options: Options;
  readonly tool: 'apt' | 'apt-get';
  readonly names: readonly string[];
}

type Command = (call: AptCall) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  update,
  install: (call) => install(call),
  reinstall: (call) => install(call, true),
  remove: (call) => remove(call, call.options.has('purge')),
  purge: (call) => remove(call, true),
  autoremove: autoremove,
  'auto-remove': autoremove,
  autopurge: autoremove,
  upgrade,
  'dist-upgrade': upgrade,
  'full-upgrade': upgrade,
  clean,
  autoclean: clean,
  check: async (call) => {
    const { process, io, options } = call;
    if (!(await mayChange(call))) return 100;
    announce(process, io, OPENING, quietness(options));
    return await io.end(0);
  },
};
const APT_ONLY: Readonly<Record<string, Command>> = {
  list: ({ process, io, options, names }) => listPackages(process, io, options, names),
  show: ({ process, io, names }) => showPackages(process, io, names, 'apt'),
  search: ({ process, io, options, names }) => searchPackages(process, io, names, options.has('n'), 'apt'),
  policy: ({ process, io, names }) => policy(process, io, names),
  depends: ({ process, io, names }) => relations(process, io, names, 'depends'),
  rdepends: ({ process, io, names }) => relations(process, io, names, 'rdepends'),
};

async function run({ process, io, args }: PlainCall, tool: 'apt' | 'apt-get'): Promise<number> {
  const options = parseAptOptions(args);
  if (tool === 'apt' && !process.isatty(1))
    await io.raw('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
  if ('problem' in options) {
    await io.raw(`E: ${options.problem}\n`);
    return 100;
  }
  const [verb, ...names] = options.operands;
  if (options.has('v')) {
    io.out(VERSION);
    return await io.end(0);
  }
  if (verb === undefined || options.has('h')) {
    io.out(`${VERSION}${USAGE.replaceAll('apt-get', tool)}`);
    return await io.end(verb === undefined && !options.has('h') ? 1 : 0);
  }
  const own = COMMANDS[verb] ?? (tool === 'apt' ? APT_ONLY[verb] : undefined);
  if (own !== undefined) return await io.end(await own({ process, io, options, tool, names }));
  if (ABSENT.includes(verb)) return await notSimulated(io, `${tool} ${verb}`);
  await io.raw(`E: Invalid operation ${verb}\n`);
  return 100;
}

async function update({ process, io, options, tool }: AptCall): Promise<number> {
  if (process.credentials().uid !== 0) announce(process, io, ['Reading package lists'], quietness(options));
  if (!(await lockLists(process, io))) return 100;
  const status = await new AptUpdate(process, io, quietness(options)).run();
  unlock(process);
  if (tool === 'apt' && status === 0) {
    const quiet = quietness(options);
    announce(process, io, OPENING.slice(1), quiet);
    const count = planUpgrade(new AptArchive(process)).upgrade.length;
    if (count === 0) io.line('All packages are up to date.');
    else
      io.line(
        `${String(count)} package${count === 1 ? '' : 's'} can be upgraded. Run 'apt list --upgradable' to see ${count === 1 ? 'it' : 'them'}.`,
      );
  }
  return status;
}

/** Whether the lock could be had; simulations need none. */
async function mayChange({ process, io, options }: AptCall): Promise<boolean> {
  if (options.has('s')) {
    if (process.credentials().uid !== 0)
      io.out(
        "NOTE: This is only a simulation!\n      apt-get needs root privileges for real execution.\n      Keep also in mind that locking is deactivated,\n      so don't depend on the relevance to the real current situation!\n",
      );
    return true;
  }
  const free = await lockDpkg(process, io);
  if (free) unlock(process);
  return free;
}

function opened({ process, io, options }: AptCall): AptArchive {
  announce(process, io, OPENING, quietness(options));
  return new AptArchive(process);
}

const transaction = (call: AptCall, archive: AptArchive, more: Partial<TransactionSettings> = {}): AptTransaction =>
  new AptTransaction(call.process, call.io, archive, {
    yes: call.options.has('y'),
    no: call.options.has('assume-no'),
    quiet: quietness(call.options),
    simulate: call.options.has('s'),
    downloadOnly: call.options.has('d'),
    allowHeld: call.options.has('held'),
    purge: false,
    kept: [],
    asked: [],
    mentionUnneeded: true,
    ...more,
  });
type TransactionSettings = ConstructorParameters<typeof AptTransaction>[3];

async function install(call: AptCall, again = call.options.has('reinstall')): Promise<number> {
  const { io } = call;
  if (!(await mayChange(call))) return 100;
  const archive = opened(call);
  const wanted: Offer[] = [];
  const problems: string[] = [];
  const current: string[] = [];
  const asked: string[] = [];
  for (const text of call.names) {
    const found =
      text.includes('/') && text.endsWith('.deb') ? localOffer(call.process, text) : offerFor(archive, text);
    if (typeof found === 'string') {
      problems.push(found);
      continue;
    }
    asked.push(found.name);
    const there = archive.database.get(found.name);
    if (there?.state === 'installed' && there.version === found.version && !again) current.push(found.name);
    else wanted.push(found);
  }
  if (problems.length > 0) {
    for (const problem of problems) await io.raw(`E: ${problem}\n`);
    return 100;
  }
  for (const name of current) {
    const { version = '' } = archive.database.get(name) ?? {};
    io.line(`${name} is already the newest version (${version}).`);
    if (archive.automatic.has(name) && !call.options.has('s')) {
      io.line(`${name} set to manually installed.`);
      archive.setAutomatic(name, false);
      archive.saveStates();
    }
  }
  const planned = planInstall(archive, wanted);
  if (planned.type === 'unmet') return await sayUnmet(io, planned.name, planned.needs);
  return await transaction(call, archive, { asked }).run(planned.plan);
}

/** `NAME`, `NAME=VERSION`, `NAME/SUITE`; a text says what is wrong. */
function offerFor(archive: AptArchive, text: string): Offer | string {
  const [name = '', version] = text.split('=');
  const [bare = '', suite] = name.replace(/:amd64$/, '').split('/');
  const offers = archive.offers(bare);
  if (!archive.isKnown(bare)) return `Unable to locate package ${bare}`;
  if (version !== undefined) {
    const pattern = new RegExp(`^${version.replace(/[.+^${}()|\\[\]]/g, '\\$&').replace(/\*/g, '.*')}$`);
    return offers.find((each) => pattern.test(each.version)) ?? `Version '${version}' for '${bare}' was not found`;
  }
  if (suite !== undefined)
    return offers.find((each) => each.suite === suite) ?? `Release '${suite}' for '${bare}' was not found`;
  const installed = archive.database.get(bare);
  const newest = offers[0];
  if (newest !== undefined) return newest;
  return installed?.state === 'installed'
    ? { name: bare, version: installed.version, fields: installed.fields, origin: '', suite: 'now', url: '' }
    : `Package '${bare}' has no installation candidate`;
}

/** A .deb on the disk: apt takes it into its cache. */
function localOffer(process: Process, path: string): Offer | string {
  const bytes = process.readFile(path);
  const deb = failed(bytes) ? undefined : readDeb(bytes);
  if (failed(bytes) || deb === undefined) return `Unsupported file ${path} given on commandline`;
  const fields = parseStanzas(deb.control)[0] ?? {};
  const name = fields['Package'] ?? '';
  const version = fields['Version'] ?? '';
  const cached = `/var/cache/apt/archives/${name}_${version.replace(/:/g, '%3a')}_${fields['Architecture'] ?? ''}.deb`;
  process.writeFile(cached, bytes, { mode: 0o644 });
  return { name, version, fields, origin: path, suite: 'local-deb', url: path };
}

async function sayUnmet(io: Io, name: string, needs: string): Promise<number> {
  io.out(
    `Some packages could not be installed. This may mean that you have\nrequested an impossible situation or if you are using the unstable\ndistribution that some required packages have not yet been created\nor been moved out of Incoming.\nThe following information may help to resolve the situation:\n\nThe following packages have unmet dependencies:\n ${name} : Depends: ${needs} but it is not installable\n`,
  );
  await io.raw('E: Unable to correct problems, you have held broken packages.\n');
  return 100;
}

async function remove(call: AptCall, purge: boolean): Promise<number> {
  const { io } = call;
  if (!(await mayChange(call))) return 100;
  const archive = opened(call);
  const unknown = call.names.filter((name) => !archive.isKnown(name));
  for (const name of unknown) await io.raw(`E: Unable to locate package ${name}\n`);
  if (unknown.length > 0) return 100;
  const there = call.names.filter((name) => {
    const state = archive.database.get(name)?.state;
    return state === 'installed' || state === 'unpacked' || (purge && state === 'config-files');
  });
  for (const name of call.names)
    if (!there.includes(name)) io.line(`Package '${name}' is not installed, so not removed`);
  const plan = planRemoval(archive, there);
  const all: Plan = call.options.has('auto-remove')
    ? { ...plan, remove: [...plan.remove, ...unneeded(archive, plan.remove)].toSorted() }
    : plan;
  return await transaction(call, archive, { asked: there, purge }).run(all);
}

async function autoremove(call: AptCall): Promise<number> {
  if (!(await mayChange(call))) return 100;
  const archive = opened(call);
  const plan = planRemoval(archive, unneeded(archive));
  return await transaction(call, archive, { purge: call.options.has('purge'), mentionUnneeded: false }).run(plan);
}

async function upgrade(call: AptCall): Promise<number> {
  if (!(await mayChange(call))) return 100;
  const archive = opened(call);
  if (quietness(call.options) < 2) announce(call.process, call.io, ['Calculating upgrade'], quietness(call.options));
  const { upgrade: newer, kept } = planUpgrade(archive);
  const planned = planInstall(archive, newer);
  if (planned.type === 'unmet') return await sayUnmet(call.io, planned.name, planned.needs);
  return await transaction(call, archive, { asked: newer.map(({ name }) => name), kept }).run(planned.plan);
}

async function clean(call: AptCall): Promise<number> {
  const { process, io } = call;
  if (!(await lockCaches(process, io))) return 100;
  unlock(process);
  const entries = process.readdir('/var/cache/apt/archives');
  const debs = failed(entries) ? [] : entries.map(({ name }) => name).filter((name) => name.endsWith('.deb'));
  if (debs.length > 0)
    await runAndWait(process, ['/usr/bin/rm', '-f', ...debs.map((name) => `/var/cache/apt/archives/${name}`)]);
  return 0;
}
