/** What a package of Rocky Linux or CentOS puts on the disk: programs, configuration, units. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { executableText } from '../../../../protocol/program.ts';
import type { RpmFile, RpmHeader } from '../../../../formats/rpm.ts';
import type { FileTreeEntry } from '../../files/trees/file-tree.ts';
import { releaseContent } from './release-content.ts';
import type { RpmDescription, RpmDistribution } from './rpm-package.ts';
import { rpmLinks, rpmPrograms } from './rpm-programs.ts';

const file = (path: string, text: string, mode = 0o644): FileTreeEntry => ({ path, type: 'file', text, mode });
const directory = (path: string): FileTreeEntry => ({ path, type: 'directory' });
const SET_UID = new Set(['su', 'mount', 'umount', 'passwd', 'newgrp', 'gpasswd', 'chage', 'chfn', 'chsh', 'sudo']);

const EPEL = `[epel]
name=Extra Packages for Enterprise Linux $releasever - $basearch
#baseurl=https://download.example/pub/epel/$releasever/Everything/$basearch/
metalink=https://mirrors.fedoraproject.org/metalink?repo=epel-$releasever&arch=$basearch&infra=$infra&content=$contentdir
enabled=1
gpgcheck=1
countme=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-$releasever
`;

/** Files by package, with absolute paths; the first directory of `conffiles` is /etc. */
const CONTENT: Readonly<Record<string, readonly FileTreeEntry[]>> = {
  'epel-release': [
    file('/etc/yum.repos.d/epel.repo', EPEL),
    file(
      '/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-9',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nkey 8A3872BF3228467C\n-----END PGP PUBLIC KEY BLOCK-----\n',
    ),
  ],
  sudo: [file('/etc/sudoers', 'root\tALL=(ALL) \tALL\n%wheel\tALL=(ALL)\tALL\n', 0o440), directory('/etc/sudoers.d')],
  wget: [file('/etc/wgetrc', '# System-wide settings of wget\n')],
  'vim-common': [file('/etc/vimrc', 'set nocompatible\nset backspace=indent,eol,start\nset ruler\n')],
};
/** Everything that a package unpacks, with absolute paths. */
export function rpmEntries(distribution: RpmDistribution, { name }: RpmDescription): readonly FileTreeEntry[] {
  return [
    ...rpmPrograms(name).map(({ id, path }) =>
      file(path, executableText(id), SET_UID.has(path.slice(path.lastIndexOf('/') + 1)) ? 0o4755 : 0o755),
    ),
    ...rpmLinks(name).map(([path, target]): FileTreeEntry => ({ path, type: 'symlink', target })),
    ...releaseContent(distribution, name),
    ...(CONTENT[name] ?? []),
    directory(`/usr/share/licenses/${name}`),
  ];
}

/** The header of a package, with its files. */
export function rpmHeader(distribution: RpmDistribution, described: RpmDescription): RpmHeader {
  const { repository: _, inImage: __, ...header } = described;
  return {
    ...header,
    files: rpmEntries(distribution, described).map(fileOf),
  };
}

const fileOf = (entry: FileTreeEntry): RpmFile => {
  const { path } = entry;
  const mode = entry.mode ?? (entry.type === 'directory' ? 0o755 : entry.type === 'symlink' ? 0o777 : 0o644);
  if (entry.type === 'directory') return { path, type: 'directory', mode, sizeBytes: 0, digest: '' };
  if (entry.type === 'symlink')
    return { path, type: 'symlink', mode, sizeBytes: entry.target.length, digest: '', target: entry.target };
  const bytes = encodeUtf8('text' in entry ? (entry.text ?? '') : '');
  return {
    path,
    type: 'file',
    mode,
    sizeBytes: bytes.length,
    digest: hexadecimal(sha256(bytes)),
    ...(path.startsWith('/etc/') ? { config: true } : {}),
  };
};

const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
