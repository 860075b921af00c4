/**
 * Debian's and Ubuntu's base layers.
 * Models: the essential packages' commands and the files people look at.
 * Leaves out: libraries, documentation.
 */
import { directory, file, link, type LayerFile } from '../../container/layer-files.ts';
import { imageDatabase } from '../../packages/installed-packages.ts';
import { MERGED_USR, packagePrograms } from './commands.ts';

const SYSTEM_USERS: readonly (readonly [string, number, number, string, string, string])[] = [
  ['daemon', 1, 1, 'daemon', '/usr/sbin', '/usr/sbin/nologin'],
  ['bin', 2, 2, 'bin', '/bin', '/usr/sbin/nologin'],
  ['sys', 3, 3, 'sys', '/dev', '/usr/sbin/nologin'],
  ['sync', 4, 65_534, 'sync', '/bin', '/bin/sync'],
  ['games', 5, 60, 'games', '/usr/games', '/usr/sbin/nologin'],
  ['man', 6, 12, 'man', '/var/cache/man', '/usr/sbin/nologin'],
  ['lp', 7, 7, 'lp', '/var/spool/lpd', '/usr/sbin/nologin'],
  ['mail', 8, 8, 'mail', '/var/mail', '/usr/sbin/nologin'],
  ['news', 9, 9, 'news', '/var/spool/news', '/usr/sbin/nologin'],
  ['uucp', 10, 10, 'uucp', '/var/spool/uucp', '/usr/sbin/nologin'],
  ['proxy', 13, 13, 'proxy', '/bin', '/usr/sbin/nologin'],
  ['www-data', 33, 33, 'www-data', '/var/www', '/usr/sbin/nologin'],
  ['backup', 34, 34, 'backup', '/var/backups', '/usr/sbin/nologin'],
  ['list', 38, 38, 'Mailing List Manager', '/var/list', '/usr/sbin/nologin'],
  ['irc', 39, 39, 'ircd', '/run/ircd', '/usr/sbin/nologin'],
  ['_apt', 42, 65_534, '', '/nonexistent', '/usr/sbin/nologin'],
  ['nobody', 65_534, 65_534, 'nobody', '/nonexistent', '/usr/sbin/nologin'],
];

/** Lines of /etc/passwd; further users come last, as packages add them. */
export const debianPasswd = (more: readonly string[] = []): string =>
  `${['root:x:0:0:root:/root:/bin/bash', ...SYSTEM_USERS.map(([name, uid, gid, gecos, home, shell]) => `${name}:x:${String(uid)}:${String(gid)}:${gecos}:${home}:${shell}`), ...more].join('\n')}\n`;

const GROUPS: readonly (readonly [string, number])[] = [
  ['root', 0],
  ['daemon', 1],
  ['bin', 2],
  ['sys', 3],
  ['adm', 4],
  ['tty', 5],
  ['disk', 6],
  ['lp', 7],
  ['mail', 8],
  ['news', 9],
  ['uucp', 10],
  ['man', 12],
  ['proxy', 13],
  ['kmem', 15],
  ['dialout', 20],
  ['fax', 21],
  ['voice', 22],
  ['cdrom', 24],
  ['floppy', 25],
  ['tape', 26],
  ['sudo', 27],
  ['audio', 29],
  ['dip', 30],
  ['www-data', 33],
  ['backup', 34],
  ['operator', 37],
  ['list', 38],
  ['irc', 39],
  ['src', 40],
  ['shadow', 42],
  ['utmp', 43],
  ['video', 44],
  ['sasl', 45],
  ['plugdev', 46],
  ['staff', 50],
  ['games', 60],
  ['users', 100],
  ['nogroup', 65_534],
];
export const debianGroup = (more: readonly string[] = [], member = ''): string =>
  `${[...GROUPS.map(([name, gid]) => `${name}:x:${String(gid)}:${FIRST_USERS_GROUPS.has(name) ? member : ''}`), ...more].join('\n')}\n`;

/** What the first user of an Ubuntu system is a member of. */
const FIRST_USERS_GROUPS = new Set(['adm', 'dialout', 'cdrom', 'floppy', 'sudo', 'audio', 'dip', 'video', 'plugdev']);

const EMPTY_DIRECTORIES = [
  '/boot',
  '/dev',
  '/home',
  '/media',
  '/mnt',
  '/opt',
  '/proc',
  '/run',
  '/srv',
  '/sys',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/local/lib',
  '/usr/sbin',
  '/usr/lib',
  '/usr/lib64',
  '/usr/share',
  '/usr/games',
  '/var/backups',
  '/var/cache',
  '/var/lib',
  '/var/local',
  '/var/log',
  '/var/mail',
  '/var/opt',
  '/var/spool',
];

const BASHRC = [
  '# ~/.bashrc: executed by bash(1) for non-login shells.',
  '',
  "# PS1='${debian_chroot:+($debian_chroot)}\\h:\\w\\$ '",
  '# umask 022',
  '',
].join('\n');

/** Packages with programs that every release's smallest root has. */
const ESSENTIAL = [
  ...['apt', 'base-passwd', 'bash', 'bsdutils', 'coreutils', 'dash', 'debianutils', 'diffutils', 'dpkg', 'findutils'],
  ...['gpgv', 'grep', 'gzip', 'hostname', 'init-system-helpers', 'libc-bin', 'login', 'mawk', 'mount', 'ncurses-bin'],
  ...['passwd', 'perl-base', 'sed', 'sysvinit-utils', 'tar', 'util-linux'],
];

interface Release {
  /** `debian` or `ubuntu`. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly codename: string;
  readonly pretty: string;
  /** What /etc/debian_version says. */
  readonly debianVersion: string;
  /** Ubuntu's images have one since 23.04. */
  readonly firstUser?: string;
  /** With programs, beside the essential ones. */
  readonly packages: readonly string[];
  readonly extraFiles?: readonly LayerFile[];
}

/** /etc/os-release of a release. */
function osRelease({ id, name, version, codename, pretty }: Release): string {
  const ubuntu = id === 'ubuntu';
  const site = ubuntu ? 'https://www.ubuntu.com/' : 'https://www.debian.org/';
  return [
    `PRETTY_NAME="${pretty}"`,
    `NAME="${name}"`,
    `VERSION_ID="${version}"`,
    `VERSION="${pretty.slice(pretty.indexOf(' ') + 1).replace('GNU/Linux ', '')}"`,
    `VERSION_CODENAME=${codename}`,
    `ID=${id}`,
    ...(ubuntu ? ['ID_LIKE=debian'] : []),
    `HOME_URL="${site}"`,
    '',
  ].join('\n');
}

/** The single layer of a release's image. */
export function debianRelease(release: Release): readonly LayerFile[] {
  const files = rootFiles(release);
  const distribution = release.id === 'ubuntu' ? 'ubuntu' : 'debian';
  return [...files, ...imageDatabase(distribution, release.codename, new Set(files.map(({ path }) => path)))];
}

/** Number 1000 with a group and a home of its own. */
function firstUserFiles(name: string): readonly LayerFile[] {
  const gecos = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [
    file('/etc/passwd', debianPasswd([`${name}:x:1000:1000:${gecos}:/home/${name}:/bin/bash`])),
    file('/etc/group', debianGroup([`${name}:x:1000:`], name)),
    directory(`/home/${name}`, { mode: 0o750, uid: 1000, gid: 1000 }),
  ];
}

function rootFiles(release: Release): readonly LayerFile[] {
  return [
    ...MERGED_USR,
    ...EMPTY_DIRECTORIES.map((path) => directory(path)),
    directory('/tmp', { mode: 0o1777 }),
    directory('/var/tmp', { mode: 0o1777 }),
    directory('/root', { mode: 0o700 }),
    link('/var/run', '/run'),
    link('/var/lock', '/run/lock'),
    directory('/run/lock', { mode: 0o1777 }),
    file('/root/.bashrc', release.id === 'ubuntu' ? UBUNTU_BASHRC : BASHRC),
    file(
      '/root/.profile',
      '# ~/.profile: executed by Bourne-compatible login shells.\n\nif [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n',
    ),
    ...(release.firstUser === undefined
      ? [file('/etc/passwd', debianPasswd()), file('/etc/group', debianGroup())]
      : firstUserFiles(release.firstUser)),
    file('/etc/shadow', `root:*:20000:0:99999:7:::\n`, { mode: 0o640, gid: 42 }),
    file('/etc/hostname', 'debuerreotype\n'),
    file(
      '/etc/nsswitch.conf',
      'passwd:         files\ngroup:          files\nshadow:         files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\n',
    ),
    file('/etc/os-release', osRelease(release)),
    file('/etc/debian_version', `${release.debianVersion}\n`),
    file('/etc/issue', `${release.pretty} \\n \\l\n\n`),
    file(
      '/etc/profile',
      'if [ "$(id -u)" -eq 0 ]; then\n  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nelse\n  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"\nfi\nexport PATH\n',
    ),
    file(
      '/etc/shells',
      '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/dash\n/usr/bin/dash\n',
    ),
    file(
      '/etc/bash.bashrc',
      '# System-wide .bashrc file for interactive bash(1) shells.\n[ -z "$PS1" ] && return\nshopt -s checkwinsize\nPS1=\'${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ \'\n',
    ),
    link('/usr/bin/sh', 'dash'),
    link('/usr/bin/awk', 'mawk'),
    ...packagePrograms([...ESSENTIAL, ...release.packages]),
    ...(release.extraFiles ?? []),
  ];
}

const UBUNTU_BASHRC = [
  '# ~/.bashrc: executed by bash(1) for non-login shells.',
  '[ -z "$PS1" ] && return',
  'HISTCONTROL=ignoredups:ignorespace',
  'shopt -s histappend',
  'HISTSIZE=1000',
  'HISTFILESIZE=2000',
  'shopt -s checkwinsize',
  "PS1='${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '",
  "alias ls='ls --color=auto'",
  "alias grep='grep --color=auto'",
  "alias ll='ls -alF'",
  "alias la='ls -A'",
  "alias l='ls -CF'",
  '',
].join('\n');
