/**
 * yum (3.4.3) of CentOS 7.
 * Models: install, remove, erase, update, makecache, clean all, --version, with -y; the mirror list that is gone and
 * what yum says of it; repositories by baseurl, as vault.centos.org has them; keys.
 * Leaves out: the reasons of dependencies other than packages' names, mirrors' speeds, groups, history, lists and searches, plugins.
 */
import { nevra, readRpm, type InstalledRpm, type RpmHeader } from '../../../formats/rpm.ts';
import type { Process } from '../../../protocol/program.ts';
import { LineReader, type Io } from '../../io.ts';
import { notSimulated, type PlainCall } from '../../system/plain-program.ts';
import { failureText, fetchFile } from '../fetch-file.ts';
import { KEYS, transactionTable } from './dnf/dnf-transaction.ts';
import { formatNumber, terminalWidth } from './dnf/dnf-text.ts';
import { isAbsentPackage } from './absent-packages.ts';
import {
  askedAt,
  EMPTY_PLAN,
  loadRepository,
  offersOf,
  planInstall,
  planRemoval,
  readRepositories,
  RpmArchive,
  type Offer,
  type Plan,
  type Repository,
} from './repositories.ts';
import { eraseRpm, unpackRpm } from './rpm-files.ts';
import { FAILED } from './yum-failure.ts';

const CACHE = '/var/cache/yum/x86_64/7';
interface YumCall {
  readonly process: Process;
  readonly io: Io;
  readonly yes: boolean;
  readonly names: readonly string[];
  readonly repositories: readonly Repository[];
}

export async function run({ process, io, args }: PlainCall): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('-'));
  const absent = options.find((arg) => !['-y', '--assumeyes', '--version'].includes(arg));
  if (absent !== undefined) return await notSimulated(io, `yum ${absent}`);
  if (options.includes('--version')) {
    io.line('3.4.3');
    return 0;
  }
  const [verb, ...names] = args.filter((arg) => !arg.startsWith('-'));
  const command = COMMANDS.get(verb ?? '');
  if (verb === undefined) {
    io.line('Loaded plugins: fastestmirror, ovl');
    await io.raw('You need to give some command\n');
    return 1;
  }
  if (command === undefined) {
    if (KNOWN.test(verb)) return await notSimulated(io, `yum ${verb}`);
    io.line('Loaded plugins: fastestmirror, ovl');
    await io.raw(`No such command: ${verb}. Please use /usr/bin/yum --help\n`);
    return 1;
  }
  io.line('Loaded plugins: fastestmirror, ovl');
  if (process.credentials().uid !== 0) {
    await io.raw('You need to be root to perform this command.\n');
    return 1;
  }
  const yes = options.some((arg) => arg !== '--version');
  return await command({ process, io, yes, names, repositories: readRepositories(process) });
}

const KNOWN =
  /^(check|check-update|deplist|distribution-synchronization|distro-sync|downgrade|fs|fssnap\w*|group\w*|help|history|info|list|load-transaction|localinstall|provides|whatprovides|reinstall|repo-pkgs|repoinfo|search|shell|swap|update-minimal|updateinfo|upgrade|version|autoremove)$/;

/** The archive; undefined after yum's complaint. */
async function opened(call: YumCall): Promise<RpmArchive | undefined> {
  const { process, io } = call;
  const enabled = call.repositories.filter((each) => each.enabled);
  const missing = enabled.filter((each) => askedAt(process, CACHE, each) === undefined);
  io.line(missing.length > 0 ? 'Determining fastest mirrors' : 'Loading mirror speeds from cached hostfile');
  await io.flush();
  for (const repository of missing) {
    const loaded = await loadRepository(process, CACHE, repository);
    if (loaded.type === 'loaded') continue;
    const name = `${repository.id}/7/x86_64`;
    if (loaded.type === 'no-url') {
      await io.raw(`${FAILED}Cannot find a valid baseurl for repo: ${name}\n`);
      return undefined;
    }
    const { url, fetched } = loaded;
    const host = /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
    const why =
      fetched.type === 'unresolved'
        ? `14: curl#6 - "Could not resolve host: ${host}; Unknown error"`
        : fetched.type === 'refused'
          ? `14: HTTP Error ${String(fetched.status)} - Not Found`
          : `14: curl#7 - "${failureText(fetched)}"`;
    if (loaded.type === 'no-mirrors') {
      await io.raw(
        `Could not retrieve mirrorlist ${url} error was\n${why}\n${FAILED}Cannot find a valid baseurl for repo: ${name}\n`,
      );
      return undefined;
    }
    const tried = why.replace(/^14: /, '[Errno 14] ');
    await io.raw(
      `${url}: ${tried}\nTrying other mirror.\n${FAILED}failure: repodata/repomd.xml from ${repository.id}: [Errno 256] No more mirrors to try.\n${url}: ${tried}\n`,
    );
    return undefined;
  }
  return new RpmArchive(process, offersOf(process, CACHE, enabled));
}

/** `2:vim-enhanced-7.4.629-8.el7_9.x86_64` */
const shown = (each: RpmHeader): string => `${each.epoch === undefined ? '' : `${String(each.epoch)}:`}${nevra(each)}`;
/** `tree.x86_64 0:1.6.0-10.el7` */
const listed = (each: RpmHeader): string =>
  `${each.name}.${each.arch} ${String(each.epoch ?? 0)}:${each.version}-${each.release}`;

async function install(call: YumCall): Promise<number> {
  const { process, io, names } = call;
  if (names.length === 0) {
    await io.raw('Error: Need to pass a list of pkgs to install\n');
    return 1;
  }
  const archive = await opened(call);
  if (archive === undefined) return 1;
  const wanted: Offer[] = [];
  for (const name of names) {
    const offer = archive.newest(name) ?? archive.provider(name);
    const there = archive.database.get(offer?.header.name ?? name);
    if (offer === undefined && there === undefined && isAbsentPackage(name)) {
      await io.raw(`drydock: package '${name}' is not simulated\n`);
      return 1;
    }
    if (offer === undefined) io.line(`No package ${name} available.`);
    else if (there !== undefined && archive.update(there) === undefined) {
      io.line(`Package ${shown(there)} already installed and latest version`);
    } else wanted.push(offer);
  }
  if (wanted.length === 0) {
    if (names.some((name) => (archive.newest(name) ?? archive.provider(name)) === undefined)) {
      await io.raw('Error: Nothing to do\n');
      return 1;
    }
    io.line('Nothing to do');
    return 0;
  }
  return await resolve(call, archive, wanted, process);
}

async function update(call: YumCall): Promise<number> {
  const archive = await opened(call);
  if (archive === undefined) return 1;
  const { names, io } = call;
  const wanted = archive.database.packages
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap((each) => archive.update(each) ?? []);
  if (wanted.length > 0) return await resolve(call, archive, wanted, call.process);
  io.line('No packages marked for update');
  return 0;
}

async function resolve(
  call: YumCall,
  archive: RpmArchive,
  wanted: readonly Offer[],
  process: Process,
): Promise<number> {
  const { io } = call;
  const plan = planInstall(archive, wanted, false);
  if ('needs' in plan) return await notSimulated(io, 'yum with broken dependencies');
  io.line('Resolving Dependencies\n--> Running transaction check');
  for (const { header } of [...plan.install, ...plan.upgrade, ...plan.dependencies]) {
    const before = archive.database.get(header.name);
    const version = (each: RpmHeader): string =>
      `${each.name}.${each.arch} ${String(each.epoch ?? 0)}:${each.version}-${each.release}`;
    if (before === undefined) io.line(`---> Package ${version(header)} will be installed`);
    else io.line(`---> Package ${version(before)} will be updated\n---> Package ${version(header)} will be an update`);
  }
  io.line('--> Finished Dependency Resolution\n\nDependencies Resolved\n');
  io.out(`${table(plan, process)}\n`);
  const coming = [...plan.install, ...plan.upgrade, ...plan.dependencies];
  io.line(
    `Total download size: ${formatNumber(
      coming.reduce((sum, { header }) => sum + header.sizeBytes, 0),
      true,
    )}`,
  );
  if (plan.upgrade.length === 0)
    io.line(
      `Installed size: ${formatNumber(
        coming.reduce((sum, { header }) => sum + header.installedBytes, 0),
        true,
      )}`,
    );
  if (!(await confirm(call))) return 1;
  return await carryOut(call, archive, plan, coming);
}

/** dnf's table, with the titles that yum has. */
const table = (plan: Plan, process: Process): string =>
  transactionTable(plan, terminalWidth(process) ?? 80)
    .replace('Installing dependencies:', 'Installing for dependencies:')
    .replace('Removing dependent packages:', 'Removing for dependencies:')
    .replace('\nUpgrading:', '\nUpdating:');

async function confirm({ process, io, yes }: YumCall): Promise<boolean> {
  if (yes) return true;
  io.out('Is this ok [y/d/N]: ');
  await io.flush();
  const answer = await new LineReader(process, 0).nextText();
  if (/^y(es)?$/i.test(answer?.trim() ?? '')) return true;
  await io.raw('Exiting on user command\nYour transaction was not saved.\n');
  return false;
}

async function carryOut(call: YumCall, archive: RpmArchive, plan: Plan, coming: readonly Offer[]): Promise<number> {
  const { process, io } = call;
  const { database } = archive;
  io.line('Downloading packages:');
  const found: (readonly [Offer, Exclude<ReturnType<typeof readRpm>, undefined>])[] = [];
  for (const each of coming) {
    const file = await fetchFile(process, each.url);
    const rpm = file.type === 'file' ? readRpm(file.bytes) : undefined;
    if (rpm === undefined) {
      await io.raw(`\n\nError downloading packages:\n  ${shown(each.header)}: [Errno 256] No more mirrors to try.\n`);
      return 1;
    }
    found.push([each, rpm]);
    if (each.repository.gpgcheck && !database.hasKey(each.header.key) && !(await importKey(call, archive, each)))
      return 1;
  }
  io.line('Running transaction check\nRunning transaction test\nTransaction test succeeded\nRunning transaction');
  const old = plan.upgrade.flatMap(({ header }) => database.get(header.name) ?? []);
  const total = found.length + old.length;
  const ordered = found.toReversed();
  let at = 0;
  for (const [each, rpm] of ordered) {
    progress(
      call,
      database.get(each.header.name) === undefined ? 'Installing' : 'Updating',
      shown(each.header),
      (at += 1),
      total,
    );
    const user = plan.install.includes(each) || (database.get(each.header.name)?.user ?? false);
    await unpackRpm(process, database, rpm, { fromRepo: each.repository.id, user });
  }
  for (const each of old) progress(call, 'Cleanup', shown(each), (at += 1), total);
  for (const [index, each] of [...ordered.map(([{ header }]) => header), ...old].entries())
    progress(call, 'Verifying', shown(each), index + 1, total);
  io.line('');
  done(
    call,
    'Installed',
    plan.install.map(({ header }) => header),
  );
  done(
    call,
    'Dependency Installed',
    plan.dependencies.map(({ header }) => header),
  );
  done(
    call,
    'Updated',
    plan.upgrade.map(({ header }) => header),
  );
  io.line('Complete!');
  return 0;
}

async function importKey(call: YumCall, { database }: RpmArchive, each: Offer): Promise<boolean> {
  const { process, io } = call;
  const { header, repository } = each;
  const known = KEYS[header.key];
  const url = repository.gpgkey;
  const file = `${nevra(header)}.rpm`;
  await io.raw(
    `warning: ${CACHE}/${repository.id}/packages/${file}: Header V3 RSA/SHA256 Signature, key ID ${header.key}: NOKEY\n`,
  );
  io.line(`Public key for ${file} is not installed`);
  if (known === undefined || url === undefined) {
    await io.raw(`\n\nPublic key for ${file} is not installed\n`);
    return false;
  }
  const release = database.get('centos-release');
  io.line(`Retrieving key from ${url}`);
  await io.raw(
    `Importing GPG key 0x${header.key.toUpperCase()}:\n Userid     : "${known.user}"\n Fingerprint: ${known.fingerprint}\n${release === undefined ? '' : ` Package    : ${nevra(release)} (@${release.fromRepo})\n`} From       : ${url.replace('file://', '')}\n`,
  );
  if (!(await confirm(call))) return false;
  database.addKey(header.key, known.release, known.user, Math.floor(process.time().realtimeUs / 1_000_000));
  database.save();
  return true;
}

/** `  Installing : tree-1.6.0-10.el7.x86_64           1/1 ` */
function progress({ process, io }: YumCall, action: string, name: string, at: number, total: number): void {
  const digits = String(total).length;
  const width = (terminalWidth(process) ?? 80) - 2 - 10 - 3 - 2 * digits - 1 - 2;
  io.line(
    `  ${action.padEnd(10)} : ${name.slice(0, width).padEnd(width)} ${String(at).padStart(digits)}/${String(total)} `,
  );
}

function done({ process, io }: YumCall, title: string, some: readonly RpmHeader[]): void {
  if (some.length === 0) return;
  const width = (terminalWidth(process) ?? 80) - 2;
  io.line(`${title}:`);
  for (const each of some.toSorted((a, b) => (a.name < b.name ? -1 : 1))) io.line(`  ${listed(each).padEnd(width)}`);
  io.line('');
}

async function remove(call: YumCall): Promise<number> {
  const { process, io, names } = call;
  const archive = new RpmArchive(process, []);
  const gone = names.flatMap((name) => {
    const found = archive.database.find(name);
    if (found.length === 0) io.line(`No Match for argument: ${name}`);
    return found;
  });
  if (gone.length === 0) {
    io.line('No Packages marked for removal');
    return 0;
  }
  const plan: Plan = { ...EMPTY_PLAN, ...planRemoval(archive, gone, false) };
  const going: readonly InstalledRpm[] = [...plan.remove, ...plan.dependents];
  if (going.some(({ name }) => name === 'yum' || name === 'systemd')) {
    const which = going.filter(({ name }) => name === 'yum' || name === 'systemd').map(({ name }) => name);
    await io.raw(`Error: Trying to remove "${which[0] ?? ''}", which is protected\n`);
    return 1;
  }
  io.line('Resolving Dependencies\n--> Running transaction check');
  for (const each of going)
    io.line(
      `---> Package ${each.name}.${each.arch} ${String(each.epoch ?? 0)}:${each.version}-${each.release} will be erased`,
    );
  io.line('--> Finished Dependency Resolution\n\nDependencies Resolved\n');
  io.out(`${table(plan, process)}\n`);
  io.line(
    `Installed size: ${formatNumber(
      going.reduce((sum, each) => sum + each.installedBytes, 0),
      true,
    )}`,
  );
  if (!(await confirm(call))) return 1;
  io.line(
    'Downloading packages:\nRunning transaction check\nRunning transaction test\nTransaction test succeeded\nRunning transaction',
  );
  for (const [at, each] of going.entries()) {
    progress(call, 'Erasing', shown(each), at + 1, going.length);
    for (const line of await eraseRpm(process, archive.database, each)) await io.raw(`${line}\n`);
  }
  for (const [at, each] of going.entries()) progress(call, 'Verifying', shown(each), at + 1, going.length);
  io.line('');
  done(call, 'Removed', plan.remove);
  done(call, 'Dependency Removed', plan.dependents);
  io.line('Complete!');
  return 0;
}

async function makecache(call: YumCall): Promise<number> {
  if ((await opened(call)) === undefined) return 1;
  call.io.line('Metadata Cache Created');
  return 0;
}

async function clean({ process, io, names, repositories }: YumCall): Promise<number> {
  if (names[0] !== 'all') return await notSimulated(io, `yum clean ${names[0] ?? ''}`);
  const enabled = repositories.filter((each) => each.enabled);
  io.line(`Cleaning repos: ${enabled.map(({ id }) => id).join(' ')}`);
  for (const { id } of enabled) process.unlink(`${CACHE}/${id}/primary`);
  return 0;
}

const COMMANDS: ReadonlyMap<string, (call: YumCall) => Promise<number>> = new Map([
  ['install', install],
  ['update', update],
  ['remove', remove],
  ['erase', remove],
  ['makecache', makecache],
  ['clean', clean],
]);
