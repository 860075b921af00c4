/**
 * What the package servers of Debian, Ubuntu, Kubernetes and Docker hold: releases, indexes and packages by their paths.
 * Models: InRelease with the key that signed it, Packages of each component, packages in the pool.
 * Leaves out: compression, signatures, by-hash; most of the packages.
 */
import { writeDeb } from '../../../formats/deb.ts';
import type { TarEntry } from '../../../formats/tar.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { FileTreeEntry } from '../files/trees/file-tree.ts';
import { contentOf } from './package-files.ts';
import { editionOf, packagesOf, type Distribution, type PackageDescription } from './package.ts';
import { dockerPackages, KUBERNETES_MINOR, kubernetesPackages } from './vendor-packages.ts';

export interface ArchiveFile {
  readonly bytes: Uint8Array;
  /** What the real file takes on the wire, where that is more. */
  readonly sizeBytes: number;
}

/** Fingerprints' last 16 digits of the keys that sign. */
export const ARCHIVE_KEYS = {
  ubuntu: '871920D1991BC93C',
  debian: '78DBA3BC47EF2265',
  kubernetes: '234654DA9A296436',
  docker: '7EA0A9C3F273FCD8',
} as const;

const CODENAMES: Readonly<Record<Distribution, readonly string[]>> = {
  ubuntu: ['noble', 'jammy', 'focal', 'bionic', 'xenial', 'trusty'],
  debian: ['trixie', 'bookworm', 'bullseye', 'stable', 'sid'],
};
const COMPONENTS: Readonly<Record<Distribution, readonly string[]>> = {
  ubuntu: ['main', 'restricted', 'universe', 'multiverse'],
  debian: ['main', 'contrib', 'non-free', 'non-free-firmware'],
};
/** Packages that were updated after their release are in another suite. */
const UPDATED = /ubuntu\d+\.\d|24\.04/;

/** A key as a server offers it: armoured, with its number as content. */
export const armouredKey = (key: string, base64: (bytes: Uint8Array) => string): string =>
  `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${base64(encodeUtf8(`key ${key}\n`))}\n-----END PGP PUBLIC KEY BLOCK-----\n`;

/** The stanza of an index, or of a control file. */
export function stanzaOf(each: PackageDescription, more: readonly string[] = []): string {
  return [
    `Package: ${each.name}`,
    `Version: ${each.version}`,
    `Architecture: ${each.architecture}`,
    `Maintainer: ${each.maintainer}`,
    `Installed-Size: ${String(each.installedKib)}`,
    ...(each.depends.length === 0 ? [] : [`Depends: ${each.depends.join(', ')}`]),
    ...(each.conflicts.length === 0 ? [] : [`Conflicts: ${each.conflicts.join(', ')}`]),
    `Section: ${each.component === 'universe' ? 'universe/' : ''}${each.section}`,
    `Priority: ${each.priority}`,
    ...more,
    `Description: ${each.summary}`,
    '',
  ].join('\n');
}

/** Where the pool keeps a package. */
const poolPath = ({ name, version, architecture, component }: PackageDescription): string =>
  `pool/${component}/${name.startsWith('lib') ? name.slice(0, 4) : name.charAt(0)}/${name}/${debName({ name, version, architecture })}`;

const debName = ({
  name,
  version,
  architecture,
}: Pick<PackageDescription, 'name' | 'version' | 'architecture'>): string =>
  `${name}_${version.replace(/^\d+:/, '')}_${architecture}.deb`;

/** Where a repository without suites keeps a package. */
export const flatPath = (each: PackageDescription): string => `amd64/${debName(each)}`;

/** Text of a Packages file. */
export const indexText = (
  packages: readonly PackageDescription[],
  path: (each: PackageDescription) => string = poolPath,
): string =>
  packages.map((each) => stanzaOf(each, [`Filename: ${path(each)}`, `Size: ${String(each.sizeBytes)}`])).join('\n');

/** Packages of one component of one suite. */
export function suitePackages(
  distribution: Distribution,
  suite: string,
  component: string,
): readonly PackageDescription[] {
  const [codename = '', pocket] = suite.split(/-(.*)/);
  return packagesOf(editionOf(distribution, codename)).filter(
    (each) =>
      each.component === component &&
      (distribution === 'debian'
        ? pocket === undefined
        : pocket === (UPDATED.test(each.version) ? 'updates' : undefined)),
  );
}

const asFile = (text: string): ArchiveFile => {
  const bytes = encodeUtf8(text);
  return { bytes, sizeBytes: bytes.length };
};

const releaseText = (origin: string, suite: string, components: readonly string[], key: string): string =>
  `Origin: ${origin}\nLabel: ${origin}\nSuite: ${suite}\nCodename: ${suite.split('-')[0] ?? ''}\nComponents: ${components.join(' ')}\nSigned-By: ${key}\n`;

const debs = new Map<string, ArchiveFile>();

function debOf(packages: readonly PackageDescription[], path: string): ArchiveFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = packages.find((each) => debName(each) === name);
  if (found === undefined) return undefined;
  const known = debs.get(name);
  if (known !== undefined) return known;
  const { entries, conffiles } = contentOf(found);
  const bytes = writeDeb({ control: stanzaOf(found), conffiles, data: withParents(entries).map(tarEntry) });
  const made = { bytes, sizeBytes: Math.max(bytes.length, found.sizeBytes) };
  debs.set(name, made);
  return made;
}

/** Every directory before what is in it. */
function withParents(entries: readonly FileTreeEntry[]): readonly FileTreeEntry[] {
  const directories = new Set<string>();
  for (const { path } of entries)
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) directories.add(path.slice(0, at));
  const named = new Set(entries.map(({ path }) => path));
  return [
    ...[...directories].filter((path) => !named.has(path)).map((path): FileTreeEntry => ({ path, type: 'directory' })),
    ...entries,
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function tarEntry(entry: FileTreeEntry): TarEntry {
  const type = entry.type === 'directory' || entry.type === 'symlink' ? entry.type : 'file';
  return {
    name: entry.path,
    type,
    mode: entry.mode ?? (type === 'directory' ? 0o755 : 0o644),
    uid: 0,
    gid: 0,
    modifiedMs: 1_767_225_600_000,
    ...(entry.type === 'file' ? { bytes: encodeUtf8(entry.text ?? '') } : {}),
    ...(entry.type === 'symlink' ? { target: entry.target } : {}),
  };
}

/** A file of archive.ubuntu.com or deb.debian.org below the distribution's directory; undefined where there is none. */
export function distributionFile(distribution: Distribution, path: string): ArchiveFile | undefined {
  const [, suite = '', rest = ''] = /^dists\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const [codename = ''] = suite.split('-');
  if (path.startsWith('pool/'))
    return CODENAMES[distribution]
      .map((each) => debOf(packagesOf(editionOf(distribution, each)), path))
      .find((each) => each !== undefined);
  if (!CODENAMES[distribution].includes(codename)) return undefined;
  if (rest === 'InRelease')
    return asFile(
      releaseText(
        distribution === 'ubuntu' ? 'Ubuntu' : 'Debian',
        suite,
        COMPONENTS[distribution],
        ARCHIVE_KEYS[distribution],
      ),
    );
  const component = /^([a-z-]+)\/binary-amd64\/Packages$/.exec(rest)?.[1];
  if (component === undefined || !COMPONENTS[distribution].includes(component)) return undefined;
  return asFile(indexText(suitePackages(distribution, suite, component)));
}

/** A file of pkgs.k8s.io. */
export function kubernetesFile(path: string, base64: (bytes: Uint8Array) => string): ArchiveFile | undefined {
  const [, rest] = new RegExp(`^core:/stable:/v${KUBERNETES_MINOR.replace('.', '\\.')}/deb/(.+)$`).exec(path) ?? [];
  switch (rest) {
    case undefined:
      return undefined;
    case 'InRelease':
      return asFile(
        releaseText(
          `obs://build.opensuse.org/isv:kubernetes:core:stable:v${KUBERNETES_MINOR}/deb`,
          '/',
          [],
          ARCHIVE_KEYS.kubernetes,
        ),
      );
    case 'Packages':
      return asFile(indexText(kubernetesPackages, flatPath));
    case 'Release.key':
      return asFile(armouredKey(ARCHIVE_KEYS.kubernetes, base64));
    default:
      return debOf(kubernetesPackages, rest);
  }
}

/** A file of download.docker.com. */
export function dockerFile(path: string, base64: (bytes: Uint8Array) => string): ArchiveFile | undefined {
  const [, rest = ''] = /^linux\/ubuntu\/(.+)$/.exec(path) ?? [];
  if (rest === 'gpg') return asFile(armouredKey(ARCHIVE_KEYS.docker, base64));
  if (rest === 'dists/noble/InRelease') return asFile(releaseText('Docker', 'noble', ['stable'], ARCHIVE_KEYS.docker));
  if (rest === 'dists/noble/stable/binary-amd64/Packages') return asFile(indexText(dockerPackages));
  return rest.startsWith('pool/') || rest.startsWith('dists/noble/pool/') ? debOf(dockerPackages, rest) : undefined;
}
