/** Packages of Rocky Linux and CentOS as their repositories describe them. */
import type { RpmHeader } from '../../../../formats/rpm.ts';
import { CENTOS_TABLE } from './centos-table.ts';
import { ROCKY_TABLE } from './rocky-table.ts';

export type RpmDistribution = 'rocky' | 'centos';

/** Without its files. */
export interface RpmDescription extends Omit<RpmHeader, 'files'> {
  /** As the table calls it: `b`, `a`, `e`, `p`, `u`. */
  readonly repository: string;
  /** Part of the image. */
  readonly inImage: boolean;
}

const TABLES: Readonly<Record<RpmDistribution, string>> = { rocky: ROCKY_TABLE, centos: CENTOS_TABLE };
/** Who signs: the distribution, EPEL. */
const KEYS: Readonly<Record<RpmDistribution, string>> = { rocky: '350d275d', centos: 'f4a80eb5' };
const EPEL_KEY = '3228467c';
/** Packages that one source builds under another name than their own. */
const SOURCES: Readonly<Record<string, string>> = {
  'audit-libs': 'audit',
  'glibc-common': 'glibc',
  'glibc-minimal-langpack': 'glibc',
  'coreutils-single': 'coreutils',
  'curl-minimal': 'curl',
  'libcurl-minimal': 'curl',
  libcurl: 'curl',
  'openssl-libs': 'openssl',
  'bzip2-libs': 'bzip2',
  'xz-libs': 'xz',
  'python3-libs': 'python3.9',
  python3: 'python3.9',
  'util-linux-core': 'util-linux',
  libblkid: 'util-linux',
  libmount: 'util-linux',
  libuuid: 'util-linux',
  libsmartcols: 'util-linux',
  libfdisk: 'util-linux',
  libgcc: 'gcc',
  'libstdc++': 'gcc',
  libgomp: 'gcc',
};

const known = new Map<RpmDistribution, readonly RpmDescription[]>();

/** Every package of a distribution, several versions of some, in the table's order. */
export function rpmPackages(distribution: RpmDistribution): readonly RpmDescription[] {
  const made =
    known.get(distribution) ??
    TABLES[distribution]
      .trim()
      .split('\n')
      .map((line) => describe(line.split('|'), distribution));
  known.set(distribution, made);
  return made;
}

const words = (text: string): readonly string[] => text.split(',').filter((each) => each !== '');

function describe(fields: readonly string[], distribution: RpmDistribution): RpmDescription {
  const [name = '', full = '', arch = '', where = '', size = '0', installed = '0', ...more] = fields;
  const [requires = '', recommends = '', license = '', summary = '', provides = ''] = more;
  const [, epoch, version = '', release = ''] = /^(?:(\d+):)?(.*)-([^-]+)$/.exec(full) ?? [];
  const repository = where.replace('*', '');
  return {
    name,
    ...(epoch === undefined ? {} : { epoch: Number(epoch) }),
    version,
    release,
    arch: arch === 'n' ? 'noarch' : 'x86_64',
    summary,
    license,
    sourceRpm: `${sourceOf(name, distribution)}-${version}-${release}.src.rpm`,
    sizeBytes: Number(size) * 1024,
    installedBytes: Number(installed) * 1024,
    requires: words(requires),
    recommends: words(recommends),
    ...(provides === ''
      ? {}
      : {
          provides: words(provides).map((each) =>
            each.startsWith('+')
              ? `${each.slice(1)} = ${epoch === undefined ? '' : `${epoch}:`}${version}-${release}`
              : `${each} = ${version}-${release}`,
          ),
        }),
    key: repository === 'p' ? EPEL_KEY : KEYS[distribution],
    repository,
    inImage: where.startsWith('*'),
  };
}

function sourceOf(name: string, distribution: RpmDistribution): string {
  const special = SOURCES[name];
  if (special !== undefined) return distribution === 'centos' ? special.replace('python3.9', 'python') : special;
  const family = /^(httpd|vim|rpm|git|openssh|bind|pcre2|ncurses|python3-dnf|dnf)-/.exec(name)?.[1];
  return family === undefined ? name : family.replace('python3-', '');
}

/** `Packages/v/vim-enhanced-8.2.2637-20.el9_1.x86_64.rpm` */
export const rpmPath = ({ name, version, release, arch }: RpmDescription): string =>
  `Packages/${name.charAt(0)}/${name}-${version}-${release}.${arch}.rpm`;
