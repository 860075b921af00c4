/** Packages of Debian and Ubuntu as the archive describes them. */
import { PACKAGE_TABLE } from './package-table.ts';

export interface PackageDescription {
  readonly name: string;
  readonly version: string;
  readonly section: string;
  readonly priority: 'required' | 'important' | 'standard' | 'optional' | 'extra';
  readonly component: 'main' | 'universe' | 'stable';
  readonly architecture: 'amd64' | 'all';
  /** What the unpacked files take, KiB. */
  readonly installedKib: number;
  /** Of the .deb. */
  readonly sizeBytes: number;
  readonly depends: readonly string[];
  readonly conflicts: readonly string[];
  readonly summary: string;
  readonly maintainer: string;
}

export type Distribution = 'debian' | 'ubuntu';

/** Releases whose package versions are told apart; others have those of the nearest. */
export type Edition = 'bookworm' | 'noble' | 'trixie';

/** Whose packages a release's archive holds here. */
export function editionOf(distribution: Distribution, codename: string): Edition {
  if (distribution === 'ubuntu') return 'noble';
  return ['trixie', 'stable', 'sid', 'forky'].includes(codename) ? 'trixie' : 'bookworm';
}

const PRIORITIES = { r: 'required', i: 'important', s: 'standard', o: 'optional', e: 'extra' } as const;
const ARCHITECTURE_ALL = new Set(
  'adduser apache2-data apt-transport-https bash-completion ca-certificates debconf debian-archive-keyring dnsutils gnupg init-system-helpers locales lsb-release ncurses-base nginx-common pssh software-properties-common telnet tzdata vim-common vim-runtime fail2ban ufw'.split(
    ' ',
  ),
);
/** Libraries whose names changed with 64-bit time. */
const TIME64: Readonly<Record<string, string>> = {
  libssl3: 'libssl3t64',
  libcurl4: 'libcurl4t64',
  'libpcap0.8': 'libpcap0.8t64',
};
const MAINTAINERS: Readonly<Record<Distribution, string>> = {
  debian: 'Debian Developers <debian-devel@lists.debian.org>',
  ubuntu: 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>',
};

const editions = new Map<Edition, readonly PackageDescription[]>();

/** Every package of an edition, in the archive's order. */
export function packagesOf(edition: Edition): readonly PackageDescription[] {
  const known = editions.get(edition);
  if (known !== undefined) return known;
  const made = PACKAGE_TABLE.trim()
    .split('\n')
    .map((line) => describe(line.split('|'), edition));
  editions.set(edition, made);
  return made;
}

function describe(fields: readonly string[], edition: Edition): PackageDescription {
  const [name = '', section = '', kind = 'o', installed = '0', size = '0', depends = '', summary = ''] = fields;
  const [bookworm = '', noble = '', trixie = ''] = fields.slice(7);
  const distribution = edition === 'noble' ? 'ubuntu' : 'debian';
  const named = (each: string): string =>
    edition === 'bookworm'
      ? each
      : edition === 'noble' && each === 'debian-archive-keyring'
        ? 'ubuntu-keyring'
        : (TIME64[each] ?? each);
  const letter = kind.charAt(0);
  return {
    name: named(name),
    version: edition === 'noble' ? noble : edition === 'trixie' && trixie !== '' ? trixie : bookworm,
    section,
    priority: letter === 'r' || letter === 'i' || letter === 's' || letter === 'e' ? PRIORITIES[letter] : 'optional',
    component: edition === 'noble' && kind.endsWith('u') ? 'universe' : 'main',
    architecture: ARCHITECTURE_ALL.has(name) ? 'all' : 'amd64',
    installedKib: Number(installed),
    sizeBytes: Number(size),
    depends: depends
      .split(',')
      .filter((each) => each !== '')
      .map(named),
    conflicts: name === 'docker.io' ? ['docker-ce'] : [],
    summary,
    maintainer: MAINTAINERS[distribution],
  };
}
