/**
 * Alpine's package server and the database that an image starts with.
 * Models: APKINDEX of main and community, packages with their files.
 * Leaves out: compression, signatures, versions of releases other than 3.22.
 */
import { writeTar, type TarEntry } from '../../../formats/tar.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { executableText } from '../../../protocol/program.ts';
import type { FileTreeEntry } from '../files/trees/file-tree.ts';
import { ALPINE_TABLE } from './alpine-table.ts';
import type { ArchiveFile } from './deb-archive.ts';

export interface AlpinePackage {
  readonly name: string;
  readonly version: string;
  readonly repository: 'main' | 'community';
  /** Bytes of the package, and of its files. */
  readonly sizeBytes: number;
  readonly installedBytes: number;
  readonly depends: readonly string[];
  readonly programs: readonly string[];
  readonly summary: string;
  /** Part of the image. */
  readonly base: boolean;
}

let table: readonly AlpinePackage[] | undefined;

export function alpinePackages(): readonly AlpinePackage[] {
  table ??= ALPINE_TABLE.trim()
    .split('\n')
    .map((line) => {
      const [
        name = '',
        version = '',
        kind = '',
        size = '0',
        installed = '0',
        depends = '',
        programs = '',
        summary = '',
      ] = line.split('|');
      const words = (text: string): readonly string[] => text.split(',').filter((each) => each !== '');
      return {
        name,
        version,
        repository: kind === 'c' ? 'community' : 'main',
        base: kind === 'b',
        sizeBytes: Number(size) * 1024,
        installedBytes: Number(installed) * 1024,
        depends: words(depends),
        programs: words(programs),
        summary,
      };
    });
  return table;
}

/** One record of APKINDEX or of the database of what is installed. */
const recordOf = (each: AlpinePackage): string =>
  [
    `P:${each.name}`,
    `V:${each.version}`,
    'A:x86_64',
    `S:${String(each.sizeBytes)}`,
    `I:${String(each.installedBytes)}`,
    `T:${each.summary}`,
    `o:${each.name}`,
    ...(each.depends.length === 0 ? [] : [`D:${each.depends.join(' ')}`]),
    ...(each.name === 'musl-utils' ? ['p:libc-utils'] : []),
    ...each.programs.map((name) => `p:cmd:${name}`),
    '',
  ].join('\n');

const pathOf = (program: string): string => (program.includes('/') ? program : `usr/bin/${program}`);

const file = (name: string, text: string, mode = 0o644): TarEntry => ({
  name,
  type: 'file',
  mode,
  uid: 0,
  gid: 0,
  modifiedMs: 1_767_225_600_000,
  bytes: encodeUtf8(text),
});

/** A file of dl-cdn.alpinelinux.org. */
export function alpineFile(path: string): ArchiveFile | undefined {
  const [, , repository, name = ''] =
    /^alpine\/(v3\.\d+|edge|latest-stable)\/(main|community)\/x86_64\/([^/]+)$/.exec(path) ?? [];
  const packages = alpinePackages().filter((each) => each.repository === repository);
  if (name === 'APKINDEX.tar.gz') {
    const bytes = writeTar([file('APKINDEX', packages.map(recordOf).join('\n'))]);
    return { bytes, sizeBytes: bytes.length };
  }
  const found = packages.find((each) => `${each.name}-${each.version}.apk` === name);
  if (found === undefined) return undefined;
  const bytes = writeTar([
    file('.PKGINFO', recordOf(found)),
    ...found.programs.map((program) =>
      file(pathOf(program), executableText(program.slice(program.lastIndexOf('/') + 1)), 0o755),
    ),
  ]);
  return { bytes, sizeBytes: Math.max(bytes.length, found.sizeBytes) };
}

/** /etc/apk and the database of an image. */
export function alpineDatabase(version: string): readonly FileTreeEntry[] {
  const branch = version.split('.').slice(0, 2).join('.');
  const text = (path: string, content: string): FileTreeEntry => ({ path, type: 'file', text: content });
  return [
    text(
      '/etc/apk/repositories',
      `https://dl-cdn.alpinelinux.org/alpine/v${branch}/main\nhttps://dl-cdn.alpinelinux.org/alpine/v${branch}/community\n`,
    ),
    text('/etc/apk/world', 'alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nlibc-utils\n'),
    text('/etc/apk/arch', 'x86_64\n'),
    text(
      '/lib/apk/db/installed',
      `${alpinePackages()
        .filter(({ base }) => base)
        .map(recordOf)
        .join('\n')}\n`,
    ),
    { path: '/var/cache/apk', type: 'directory' },
  ];
}
