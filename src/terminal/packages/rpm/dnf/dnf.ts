/**
 * dnf (4.14), which is also yum since the 8th release.
 * Models: install, reinstall, remove, upgrade, check-update, autoremove, list, info, search, provides, repolist, makecache, clean, with
 * -y, -q, -C, -b, --assumeno, --refresh, --nogpgcheck, --enablerepo, --disablerepo, --repo; weak dependencies; keys.
 * Leaves out: groups, modules, advisories, history, plugins, delta packages, scriptlets, installed files of localised kinds.
 */
import { fnmatchRegExp } from '../../../../formats/glob.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import type { Applet } from '../../../coreutils/command.ts';
import type { Io } from '../../../io.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../../system/plain-program.ts';
import { isAbsentPackage } from '../absent-packages.ts';
import { packageAt } from '../rpm-query.ts';
import {
  EMPTY_PLAN,
  offersOf,
  planInstall,
  planRemoval,
  readRepositories,
  RpmArchive,
  unneeded,
  type Offer,
  type Repository,
} from '../repositories.ts';
import { checkUpdate, info, list, provides, repolist, search } from './dnf-list.ts';
import { CACHE, refresh } from './dnf-metadata.ts';
import { parseDnfOptions, type DnfOptions } from './dnf-options.ts';
import { DnfTransaction, withEpoch } from './dnf-transaction.ts';

interface DnfCall {
  readonly process: Process;
  readonly io: Io;
  readonly options: DnfOptions;
  readonly names: readonly string[];
  readonly repositories: readonly Repository[];
}

const ALIASES: Readonly<Record<string, string>> = {
  erase: 'remove',
  rm: 'remove',
  update: 'upgrade',
  'check-upgrade': 'check-update',
  ls: 'list',
  whatprovides: 'provides',
  prov: 'provides',
  in: 'install',
  up: 'upgrade',
  se: 'search',
  mc: 'makecache',
  rei: 'reinstall',
  localinstall: 'install',
};
/** Real ones that are refused by name; commands of plugins are unknown to the image's dnf, too, which has no plugins. */
const ABSENT =
  /^(alias|autoremove-n\w*|check|deplist|dg|distro-?sync|distribution-synchronization|downgrade|dsync|dup|group\w*|grp|history|hist|mark|module|repoinfo|repoquery|rq|repo-pkgs|repo-packages|repository-packages|shell|sh|swap|updateinfo|up-?info|list-updateinfo|list-security|list-sec|info-updateinfo|info-security|info-sec|summary-updateinfo|upgrade-minimal|update-minimal|up-min|help|remove-n\w*|erase-n\w*|install-n\w*|list-n\w*|upgrade-to|update-to|localupdate)$/;
/** Not for everybody. */
const ROOT_ONLY = ['install', 'reinstall', 'remove', 'upgrade', 'autoremove', 'makecache', 'clean'];

export const dnf: Applet = plainProgram('dnf', async (call) => await call.io.end(await run(call)));

/** Exit status of dnf, by whatever name it was called. */
export async function run({ process, io, args }: PlainCall): Promise<number> {
  const tool = io.name === 'yum' ? 'yum' : 'dnf';
  const options = parseDnfOptions(args);
  if ('absent' in options) return await notSimulated(io, `${tool} ${options.absent}`);
  if ('problem' in options) {
    await io.raw(`usage: ${tool} [options] COMMAND\n${tool}: error: ${options.problem}\n`);
    return 2;
  }
  const [typed, ...names] = options.words;
  if (options.has('version')) {
    io.line('4.14.0');
    return 0;
  }
  if (typed === undefined || options.has('help')) {
    io.out(`usage: ${tool} [options] COMMAND\n\nCommands here: ${[...COMMANDS.keys()].toSorted().join(', ')}\n`);
    return typed === undefined ? 1 : 0;
  }
  const verb = ALIASES[typed] ?? typed;
  const command = COMMANDS.get(verb);
  if (command === undefined) {
    if (ABSENT.test(verb)) return await notSimulated(io, `${tool} ${verb}`);
    await io.raw(
      `No such command: ${typed}. Please use /usr/bin/${tool} --help\nIt could be a ${tool.toUpperCase()} plugin command, try: "${tool} install 'dnf-command(${typed})'"\n`,
    );
    return 1;
  }
  if (ROOT_ONLY.includes(verb) && process.credentials().uid !== 0) {
    await io.raw(
      'Error: This command has to be run with superuser privileges (under the root user on most systems).\n',
    );
    return 1;
  }
  const repositories = chosen(readRepositories(process), options);
  if (typeof repositories === 'string') {
    await io.raw(`${repositories}\n`);
    return 1;
  }
  return await command({ process, io, options, names, repositories });
}

/** Repositories with what the options turn on and off; a text is a complaint. */
function chosen(all: readonly Repository[], options: DnfOptions): readonly Repository[] | string {
  const words = (option: string): readonly string[] => options.values(option).flatMap((text) => text.split(','));
  const only = [...words('repo'), ...words('repoid')];
  const unknown = [...only, ...words('enablerepo')].find((word) => !all.some(({ id }) => fnmatchRegExp(word).test(id)));
  if (unknown !== undefined) return `Error: Unknown repo: '${unknown}'`;
  const named = (option: readonly string[], id: string): boolean => option.some((word) => fnmatchRegExp(word).test(id));
  return all.map((each) => {
    const on = only.length > 0 ? named(only, each.id) : each.enabled;
    const enabled = named(words('enablerepo'), each.id) || (on && !named(words('disablerepo'), each.id));
    return { ...each, enabled };
  });
}

const enabledOf = ({ repositories }: DnfCall): readonly Repository[] => repositories.filter(({ enabled }) => enabled);

/** The archive after the repositories were asked; undefined after a complaint. */
async function opened(call: DnfCall): Promise<RpmArchive | undefined> {
  const { process, io, options } = call;
  const enabled = enabledOf(call);
  const settings = { force: options.has('refresh'), cacheOnly: options.has('cacheonly'), quiet: options.has('quiet') };
  if (enabled.length === 0) {
    await io.raw(
      'Error: There are no enabled repositories in "/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d".\n',
    );
    return undefined;
  }
  if (!(await refresh(process, io, enabled, settings))) return undefined;
  return new RpmArchive(process, offersOf(process, CACHE, enabled));
}

const transaction = ({ process, io, options }: DnfCall, archive: RpmArchive): DnfTransaction =>
  new DnfTransaction(process, io, archive, {
    yes: options.has('assumeyes'),
    no: options.has('assumeno'),
    quiet: options.has('quiet'),
    nogpgcheck: options.has('nogpgcheck'),
  });

/** Packages that a word means: a name, a name with a version, a path, a pattern. */
export function offersFor(archive: RpmArchive, word: string): readonly Offer[] {
  const newest = archive.newest(word);
  if (newest !== undefined) return [newest];
  const provider = archive.provider(word);
  if (provider !== undefined) return [provider];
  if (word.startsWith('/')) {
    const found = archive.offers.filter(({ header }) => header.files.some(({ path }) => path === word));
    const best = found.map(({ header }) => archive.newest(header.name)).find((each) => each !== undefined);
    return best === undefined ? [] : [best];
  }
  const pattern = fnmatchRegExp(word);
  const fits = archive.offers.filter(({ header }) => {
    const { name, version, release, arch } = header;
    return [
      name,
      `${name}.${arch}`,
      `${name}-${version}`,
      `${name}-${version}-${release}`,
      `${name}-${version}-${release}.${arch}`,
      withEpoch(header),
    ].some((each) => pattern.test(each));
  });
  return [...new Map(fits.map((each) => [each.header.name, each])).values()];
}
async function needsNames({ io }: DnfCall, verb: string, names: readonly string[]): Promise<boolean> {
  if (names.length > 0) return true;
  await io.raw(
    `usage: dnf ${verb} [-c [config file]] [-q] [-v] [--version] PACKAGE [PACKAGE ...]\ndnf ${verb}: error: the following arguments are required: PACKAGE\n`,
  );
  return false;
}

async function install(call: DnfCall): Promise<number> {
  const { process, io, names, options } = call;
  if (!(await needsNames(call, 'install', names))) return 2;
  if (names.some((name) => name.startsWith('@'))) return await notSimulated(io, 'dnf install @GROUP');
  if (names.some((name) => /^https?:/.test(name))) return await notSimulated(io, 'dnf install URL');
  const local = names.find((name) => name.endsWith('.rpm') && typeof packageAt(process, name) !== 'string');
  if (local !== undefined) return await notSimulated(io, 'dnf install FILE');
  const archive = await opened(call);
  if (archive === undefined) return 1;
  const wanted: Offer[] = [];
  const missing: string[] = [];
  for (const word of names) {
    const some = offersFor(archive, word);
    if (some.length === 0 && archive.database.find(word).length === 0 && isAbsentPackage(word)) {
      await io.raw(`drydock: package '${word}' is not simulated\n`);
      return 1;
    }
    if (some.length === 0) {
      io.line(`No match for argument: ${word}`);
      missing.push(word);
    }
    for (const each of some) {
      const there = archive.database.get(each.header.name);
      if (there === undefined || archive.update(there) !== undefined) wanted.push(each);
      else if (!options.has('quiet')) io.line(`Package ${withEpoch(there)} is already installed.`);
    }
  }
  if (missing.length > 0) {
    await io.raw(`Error: Unable to find a match: ${missing.join(' ')}\n`);
    return 1;
  }
  const plan = planInstall(archive, wanted, true);
  if ('needs' in plan) {
    const name = withEpoch(plan.by.header);
    await io.raw(
      `Error: \n Problem: conflicting requests\n  - nothing provides ${plan.needs} needed by ${name} from ${plan.by.repository.id}\n(try to add '--skip-broken' to skip uninstallable packages or '--nobest' to use not only best candidate packages)\n`,
    );
    return 1;
  }
  return await transaction(call, archive).run(plan);
}

async function reinstall(call: DnfCall): Promise<number> {
  const { io, names } = call;
  if (!(await needsNames(call, 'reinstall', names))) return 2;
  const archive = await opened(call);
  if (archive === undefined) return 1;
  const again = names.flatMap((name) => {
    const there = archive.database.find(name)[0];
    const same =
      there === undefined
        ? undefined
        : archive.versions(there.name).find(({ header }) => withEpoch(header) === withEpoch(there));
    if (there === undefined) io.line(`No match for argument: ${name}`);
    else if (same === undefined)
      io.line(`Installed package ${withEpoch(there)} (from ${there.fromRepo}) not available.`);
    return same === undefined ? [] : [same];
  });
  if (again.length === 0) {
    await io.raw('Error: No packages marked for reinstall.\n');
    return 1;
  }
  return await transaction(call, archive).run({ ...EMPTY_PLAN, reinstall: again });
}

async function remove(call: DnfCall): Promise<number> {
  const { process, io, names, options } = call;
  if (!(await needsNames(call, 'remove', names))) return 2;
  const archive = new RpmArchive(process, []);
  const gone = names.flatMap((name) => {
    const found = archive.database.find(name);
    const more =
      found.length > 0 ? found : archive.database.packages.filter((each) => fnmatchRegExp(name).test(each.name));
    if (more.length === 0) io.line(`No match for argument: ${name}`);
    return more;
  });
  if (gone.length === 0) {
    io.line('No packages marked for removal.');
    return await transaction(call, archive).run(EMPTY_PLAN);
  }
  const plan = planRemoval(archive, gone, !options.has('noautoremove'));
  const kept = [...plan.remove, ...plan.dependents].filter(({ name }) =>
    ['dnf', 'setup', 'systemd', 'sudo'].includes(name),
  );
  if (kept.some(({ name }) => name === 'dnf' || name === 'setup')) {
    await io.raw(
      `Error: \n Problem: The operation would result in removing the following protected packages: ${kept
        .map(({ name }) => name)
        .toSorted()
        .join(
          ', ',
        )}\n(try to add '--skip-broken' to skip uninstallable packages or '--nobest' to use not only best candidate packages)\n`,
    );
    return 1;
  }
  return await transaction(call, archive).run(plan);
}

async function upgrade(call: DnfCall): Promise<number> {
  const { io, names } = call;
  const archive = await opened(call);
  if (archive === undefined) return 1;
  let failures = 0;
  for (const name of names)
    if (archive.database.find(name).length === 0) {
      const known = archive.newest(name) !== undefined;
      io.line(
        known
          ? `Package ${name} available, but not installed.\nNo match for argument: ${name}`
          : `No match for argument: ${name}`,
      );
      failures += 1;
    }
  if (failures > 0 && failures === names.length) {
    await io.raw(`Error: No packages marked for upgrade.\n`);
    return 1;
  }
  const wanted = archive.database.packages
    .filter((each) => names.length === 0 || names.some((name) => fnmatchRegExp(name).test(each.name)))
    .flatMap((each) => archive.update(each) ?? []);
  const plan = planInstall(archive, wanted, false);
  if ('needs' in plan) return await notSimulated(io, 'dnf upgrade with broken dependencies');
  return await transaction(call, archive).run(plan);
}

async function autoremove(call: DnfCall): Promise<number> {
  if (call.names.length > 0) return await notSimulated(call.io, 'dnf autoremove PACKAGE');
  const archive = await opened(call);
  if (archive === undefined) return 1;
  return await transaction(call, archive).run({ ...EMPTY_PLAN, unused: unneeded(archive, new Set()) });
}

/** A command that only looks. */
const looking =
  (look: (call: Parameters<typeof list>[0]) => Promise<number> | number, needs?: string) =>
  async (call: DnfCall): Promise<number> => {
    if (needs !== undefined && call.names.length === 0) return (await needsNames(call, needs, [])) ? 0 : 2;
    const archive = await opened(call);
    if (archive === undefined) return 1;
    return await look({ process: call.process, io: call.io, archive, has: call.options.has, names: call.names });
  };

async function makecache(call: DnfCall): Promise<number> {
  const archive = await opened(call);
  if (archive === undefined) return 1;
  call.io.line('Metadata cache created.');
  return 0;
}

async function clean(call: DnfCall): Promise<number> {
  const { process, io, names } = call;
  const [what] = names;
  if (what === undefined || !['all', 'metadata', 'packages', 'dbcache', 'expire-cache'].includes(what)) {
    await io.raw(
      `usage: dnf clean {metadata,packages,dbcache,expire-cache,all} [...]\ndnf clean: error: ${what === undefined ? 'the following arguments are required: {metadata,packages,dbcache,expire-cache,all}' : `argument {metadata,packages,dbcache,expire-cache,all}: invalid choice: '${what}' (choose from 'metadata', 'packages', 'dbcache', 'expire-cache', 'all')`}\n`,
    );
    return 2;
  }
  let removed = 0;
  const entries = process.readdir(CACHE);
  for (const { name } of failed(entries) || what === 'packages' ? [] : entries) {
    if (!failed(process.unlink(`${CACHE}/${name}/primary`))) removed += 1;
    process.rmdir(`${CACHE}/${name}`);
  }
  io.line(`${String(removed)} files removed`);
  return 0;
}

const COMMANDS: ReadonlyMap<string, (call: DnfCall) => Promise<number>> = new Map([
  ['install', install],
  ['reinstall', reinstall],
  ['remove', remove],
  ['upgrade', upgrade],
  ['autoremove', autoremove],
  ['list', looking(list)],
  ['info', looking(info)],
  ['search', looking(search, 'search')],
  ['provides', looking(provides, 'provides')],
  ['check-update', looking(checkUpdate)],
  ['makecache', makecache],
  ['clean', clean],
  [
    'repolist',
    async ({ io, options, names, repositories }) =>
      await Promise.resolve(
        repolist(
          io,
          repositories,
          options.has('all') || names[0] === 'all'
            ? 'all'
            : options.has('disabled') || names[0] === 'disabled'
              ? 'disabled'
              : 'enabled',
        ),
      ),
  ],
]);
