/**
 * What dpkg knows at the start: the packages whose programs a root file system has, with /etc/apt as the release ships it.
 * Models: /var/lib/dpkg/status and info/NAME.list, sources and key rings.
 */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import type { FileTreeEntry } from '../files/trees/file-tree.ts';
import { ARCHIVE_KEYS, armouredKey, flatPath, indexText, stanzaOf, suitePackages } from './deb-archive.ts';
import { editionOf, packagesOf, type Distribution, type PackageDescription } from './package.ts';
import { programsOf } from './package-programs.ts';
import { dockerPackages, KUBERNETES_MINOR, kubernetesPackages } from './vendor-packages.ts';

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });
const directory = (path: string): FileTreeEntry => ({ path, type: 'directory' });

/** Packages that every root has whatever its programs are, beside the libraries of those. */
const ALWAYS =
  /^(base-files|base-passwd|debconf|debian-archive-keyring|ubuntu-keyring|gpgv|init-system-helpers|libc6|ncurses-base)$/;

/** dpkg's database for packages; `paths` are those of the root's files. */
function database(packages: readonly PackageDescription[], paths: ReadonlySet<string>): readonly FileTreeEntry[] {
  const installed = withDependencies(packages, (each) => programsOf(each.name).map(({ path }) => locate(path, paths)));
  return [
    file(
      '/var/lib/dpkg/status',
      installed.map(({ each }) => stanzaOf(each, ['Status: install ok installed'])).join('\n'),
    ),
    file('/var/lib/dpkg/available', ''),
    ...installed.map(({ each, paths: own }) => file(`/var/lib/dpkg/info/${each.name}.list`, listText(own))),
    ...[
      '/var/lib/dpkg/triggers',
      '/var/lib/apt/lists',
      '/var/cache/apt/archives/partial',
      '/etc/apt/apt.conf.d',
      '/etc/apt/preferences.d',
    ].map(directory),
  ];
}

interface Installed {
  readonly each: PackageDescription;
  /** Programs of it that the root has. */
  readonly paths: readonly string[];
}

/** Packages whose first program is there, and those without programs that they need. */
function withDependencies(
  packages: readonly PackageDescription[],
  locations: (each: PackageDescription) => readonly (string | undefined)[],
): readonly Installed[] {
  const found = new Map(packages.map((each) => [each.name, locations(each)]));
  const byName = new Map(packages.map((each) => [each.name, each]));
  const there = new Set<string>();
  const add = (name: string): void => {
    const each = byName.get(name);
    if (each === undefined || there.has(name)) return;
    there.add(name);
    for (const dependency of each.depends) if (found.get(dependency)?.length === 0) add(dependency);
  };
  for (const { name } of packages) {
    if (ALWAYS.test(name) || found.get(name)?.[0] !== undefined) add(name);
  }
  return packages
    .filter(({ name }) => there.has(name))
    .map((each) => ({ each, paths: (found.get(each.name) ?? []).filter((path) => path !== undefined) }));
}

/** Where a program is: roots put some of them in the other directory. */
function locate(path: string, paths: ReadonlySet<string>): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [path, `/usr/bin/${name}`, `/usr/sbin/${name}`, `/bin/${name}`, `/sbin/${name}`].find((each) =>
    paths.has(each),
  );
}

function listText(paths: readonly string[]): string {
  const directories = new Set<string>();
  for (const path of paths)
    for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) directories.add(path.slice(0, at));
  return `${['/.', ...[...directories, ...paths].toSorted()].join('\n')}\n`;
}

const keyRing = (path: string, key: string): FileTreeEntry => file(path, armouredKey(key, encodeBase64));

/** Package database and sources of an image of Debian or Ubuntu; its lists are empty. */
export function imageDatabase(
  distribution: Distribution,
  codename: string,
  paths: ReadonlySet<string>,
): readonly FileTreeEntry[] {
  return [
    ...database(packagesOf(editionOf(distribution, codename)), paths),
    ...(distribution === 'ubuntu' ? ubuntuSources(codename) : debianSources(codename)),
    file(
      '/etc/apt/apt.conf.d/docker-clean',
      'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\n',
    ),
    { path: '/usr/sbin/policy-rc.d', type: 'file', text: '#!/bin/sh\n\nexit 101\n', mode: 0o755 },
  ];
}

function ubuntuSources(codename: string): readonly FileTreeEntry[] {
  const ring = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';
  const components = 'main universe restricted multiverse';
  const source = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: ${components}\nSigned-By: ${ring}\n`;
  return [
    keyRing(ring, ARCHIVE_KEYS.ubuntu),
    codename === 'noble'
      ? file(
          '/etc/apt/sources.list.d/ubuntu.sources',
          `${source('http://archive.ubuntu.com/ubuntu/', 'noble noble-updates noble-backports')}\n${source('http://security.ubuntu.com/ubuntu/', 'noble-security')}`,
        )
      : file(
          '/etc/apt/sources.list',
          `${['', '-updates', '-backports'].map((pocket) => `deb http://archive.ubuntu.com/ubuntu/ ${codename}${pocket} ${components}\n`).join('')}deb http://security.ubuntu.com/ubuntu/ ${codename}-security ${components}\n`,
        ),
    ...(codename === 'noble'
      ? [file('/etc/apt/sources.list', '# Ubuntu sources have moved to /etc/apt/sources.list.d/ubuntu.sources\n')]
      : [keyRing('/etc/apt/trusted.gpg.d/ubuntu-keyring-2018-archive.gpg', ARCHIVE_KEYS.ubuntu)]),
  ];
}

function debianSources(codename: string): readonly FileTreeEntry[] {
  const ring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const source = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: ${ring}\n`;
  return [
    keyRing(ring, ARCHIVE_KEYS.debian),
    file(
      '/etc/apt/sources.list.d/debian.sources',
      `${source('http://deb.debian.org/debian', `${codename} ${codename}-updates`)}\n${source('http://deb.debian.org/debian-security', `${codename}-security`)}`,
    ),
  ];
}

/** Package database, sources and lists of a host: a server that was updated when it was set up. */
export function hostDatabase(paths: ReadonlySet<string>): readonly FileTreeEntry[] {
  const lists = ['noble', 'noble-updates'].flatMap((suite) =>
    ['main', 'universe'].map((component) =>
      file(
        `/var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists_${suite}_${component}_binary-amd64_Packages`,
        indexText(suitePackages('ubuntu', suite, component)),
      ),
    ),
  );
  const vendors = [
    file(
      '/var/lib/apt/lists/download.docker.com_linux_ubuntu_dists_noble_stable_binary-amd64_Packages',
      indexText(dockerPackages),
    ),
    file(
      `/var/lib/apt/lists/pkgs.k8s.io_core:_stable:_v${KUBERNETES_MINOR}_deb_Packages`,
      indexText(kubernetesPackages, flatPath),
    ),
  ];
  const own = packagesOf('noble').filter(({ name }) => !['docker.io', 'containerd', 'runc'].includes(name));
  return [
    ...database([...own, ...dockerPackages, ...kubernetesPackages], paths),
    ...ubuntuSources('noble'),
    ...lists,
    ...vendors,
    keyRing('/etc/apt/keyrings/docker.asc', ARCHIVE_KEYS.docker),
    file(
      '/etc/apt/sources.list.d/docker.list',
      'deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/ubuntu noble stable\n',
    ),
    keyRing('/etc/apt/keyrings/kubernetes-apt-keyring.gpg', ARCHIVE_KEYS.kubernetes),
    file(
      '/etc/apt/sources.list.d/kubernetes.list',
      `deb [signed-by=/etc/apt/keyrings/kubernetes-apt-keyring.gpg] https://pkgs.k8s.io/core:/stable:/v${KUBERNETES_MINOR}/deb/ /\n`,
    ),
    file('/var/lib/apt/extended_states', ''),
    directory('/var/lib/apt/lists/partial'),
  ].map((entry) => ({ ...entry, path: entry.path.slice(1) }));
}
