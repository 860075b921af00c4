/** What the packages of a release itself bring: who it is, its repositories, its accounts, its shell's start-up files. */
import type { FileTreeEntry } from '../../files/trees/file-tree.ts';
import type { RpmDistribution } from './rpm-package.ts';

const file = (path: string, text: string, mode = 0o644): FileTreeEntry => ({ path, type: 'file', text, mode });
const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });

const ROCKY_RELEASE = `NAME="Rocky Linux"
VERSION="9.3 (Blue Onyx)"
ID="rocky"
ID_LIKE="rhel centos fedora"
VERSION_ID="9.3"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Rocky Linux 9.3 (Blue Onyx)"
ANSI_COLOR="0;32"
LOGO="fedora-logo-icon"
CPE_NAME="cpe:/o:rocky:rocky:9::baseos"
HOME_URL="https://rockylinux.org/"
BUG_REPORT_URL="https://bugs.rockylinux.org/"
SUPPORT_END="2032-05-31"
ROCKY_SUPPORT_PRODUCT="Rocky-Linux-9"
ROCKY_SUPPORT_PRODUCT_VERSION="9.3"
REDHAT_SUPPORT_PRODUCT="Rocky Linux"
REDHAT_SUPPORT_PRODUCT_VERSION="9.3"
`;
const CENTOS_RELEASE = `NAME="CentOS Linux"
VERSION="7 (Core)"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="7"
PRETTY_NAME="CentOS Linux 7 (Core)"
ANSI_COLOR="0;31"
CPE_NAME="cpe:/o:centos:centos:7"
HOME_URL="https://www.centos.org/"
BUG_REPORT_URL="https://bugs.centos.org/"

CENTOS_MANTISBT_PROJECT="CentOS-7"
CENTOS_MANTISBT_PROJECT_VERSION="7"
REDHAT_SUPPORT_PRODUCT="centos"
REDHAT_SUPPORT_PRODUCT_VERSION="7"

`;

/** One section of a .repo file of Rocky Linux. */
const rockySection = (id: string, name: string, repo: string, directory: string, enabled: number): string => `[${id}]
name=Rocky Linux $releasever - ${name}
mirrorlist=https://mirrors.rockylinux.org/mirrorlist?arch=$basearch&repo=${repo}-$releasever$rltype
#baseurl=http://dl.rockylinux.org/$contentdir/$releasever/${directory}/$basearch/os/
gpgcheck=1
enabled=${String(enabled)}
countme=1
metadata_expire=6h
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9
`;
const ROCKY_REPO = [
  rockySection('baseos', 'BaseOS', 'BaseOS', 'BaseOS', 1),
  rockySection('appstream', 'AppStream', 'AppStream', 'AppStream', 1),
  rockySection('crb', 'CRB', 'CRB', 'CRB', 0),
].join('\n');

/** One section of CentOS-Base.repo. */
const centosSection = (
  id: string,
  comment: string,
  name: string,
  directory: string,
  more: string,
): string => `${comment}[${id}]
name=CentOS-$releasever - ${name}
mirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=${directory}&infra=$infra
#baseurl=http://mirror.centos.org/centos/$releasever/${directory}/$basearch/
gpgcheck=1
${more}gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7
`;
const CENTOS_BASE = [
  centosSection('base', '', 'Base', 'os', ''),
  centosSection('updates', '#released updates \n', 'Updates', 'updates', ''),
  centosSection('extras', '#additional packages that may be useful\n', 'Extras', 'extras', ''),
  centosSection(
    'centosplus',
    '#additional packages that extend functionality of existing packages\n',
    'Plus',
    'centosplus',
    'enabled=0\n',
  ),
].join('\n');

const key = (path: string, number: string): FileTreeEntry =>
  file(path, `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nkey ${number}\n-----END PGP PUBLIC KEY BLOCK-----\n`);

const ACCOUNTS = [
  ['root', 0, 0, 'root', '/root', '/bin/bash'],
  ['bin', 1, 1, 'bin', '/bin', '/sbin/nologin'],
  ['daemon', 2, 2, 'daemon', '/sbin', '/sbin/nologin'],
  ['adm', 3, 4, 'adm', '/var/adm', '/sbin/nologin'],
  ['lp', 4, 7, 'lp', '/var/spool/lpd', '/sbin/nologin'],
  ['sync', 5, 0, 'sync', '/sbin', '/bin/sync'],
  ['shutdown', 6, 0, 'shutdown', '/sbin', '/sbin/shutdown'],
  ['halt', 7, 0, 'halt', '/sbin', '/sbin/halt'],
  ['mail', 8, 12, 'mail', '/var/spool/mail', '/sbin/nologin'],
  ['operator', 11, 0, 'operator', '/root', '/sbin/nologin'],
  ['games', 12, 100, 'games', '/usr/games', '/sbin/nologin'],
  ['ftp', 14, 50, 'FTP User', '/var/ftp', '/sbin/nologin'],
] as const;
const passwd = (more: string): string =>
  `${ACCOUNTS.map(([name, uid, gid, gecos, home, shell]) => `${name}:x:${String(uid)}:${String(gid)}:${gecos}:${home}:${shell}\n`).join('')}${more}`;
const GROUPS =
  'root:0 bin:1 daemon:2 sys:3 adm:4 tty:5 disk:6 lp:7 mem:8 kmem:9 wheel:10 cdrom:11 mail:12 man:15 dialout:18 floppy:19 games:20 tape:33 video:39 ftp:50 lock:54 audio:63 users:100';
const group = (more: string): string =>
  `${GROUPS.split(' ')
    .map((each) => `${each.replace(':', ':x:')}:\n`)
    .join('')}${more}`;
const shadow = (names: readonly string[]): string =>
  `root:*:19326:0:99999:7:::\n${names.map((name) => `${name}:*:19326:0:99999:7:::\n`).join('')}`;

/** What an interactive bash reads: the prompt above all. */
const BASHRC = `# /etc/bashrc

# System wide functions and aliases
if [ "$PS1" ]; then
  shopt -s histappend
  shopt -s checkwinsize
  [ "$PS1" = "\\\\s-\\\\v\\\\\\$ " ] && PS1="[\\u@\\h \\W]\\\\$ "
fi
`;
const PROFILE = `# /etc/profile

# System wide environment and startup programs, for login setup
if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/sbin:$PATH"
else
  PATH="$PATH:/usr/local/sbin:/usr/sbin"
fi
USER="$(id -un)"
LOGNAME=$USER
HOSTNAME=$(hostname 2>/dev/null)
HISTSIZE=1000
export PATH USER LOGNAME HOSTNAME HISTSIZE
for i in /etc/profile.d/*.sh; do
  if [ -r "$i" ]; then
    . "$i" > /dev/null
  fi
done
unset i
if [ -n "\${BASH_VERSION-}" ] && [ -f /etc/bashrc ]; then
  . /etc/bashrc
fi
`;
const ROOT_BASHRC = `# .bashrc

# User specific aliases and functions

alias rm='rm -i'
alias cp='cp -i'
alias mv='mv -i'

# Source global definitions
if [ -f /etc/bashrc ]; then
	. /etc/bashrc
fi
`;
const BASH_PROFILE = `# .bash_profile

# Get the aliases and functions
if [ -f ~/.bashrc ]; then
	. ~/.bashrc
fi
`;
const USER_BASHRC = `# .bashrc

# Source global definitions
if [ -f /etc/bashrc ]; then
	. /etc/bashrc
fi
`;
const BASH_LOGOUT = '# ~/.bash_logout\n';

const rootfiles = (): readonly FileTreeEntry[] => [
  file('/root/.bash_logout', BASH_LOGOUT),
  file('/root/.bash_profile', BASH_PROFILE),
  file('/root/.bashrc', ROOT_BASHRC),
  file('/root/.cshrc', '# .cshrc\n'),
  file('/root/.tcshrc', '# .tcshrc\n'),
];
const skeleton = (): readonly FileTreeEntry[] => [
  file('/etc/skel/.bash_logout', BASH_LOGOUT),
  file('/etc/skel/.bash_profile', BASH_PROFILE),
  file('/etc/skel/.bashrc', USER_BASHRC),
];
const setup = (users: string, groups: string, names: readonly string[]): readonly FileTreeEntry[] => [
  file('/etc/bashrc', BASHRC),
  file('/etc/profile', PROFILE),
  file('/etc/passwd', passwd(users)),
  file('/etc/group', group(groups)),
  file('/etc/shadow', shadow([...ACCOUNTS.slice(1).map(([name]) => name), ...names]), 0o000),
  file('/etc/shells', '/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n'),
  file('/etc/host.conf', 'multi on\n'),
  file('/etc/motd', ''),
];
const NSSWITCH =
  'passwd:     files\nshadow:     files\ngroup:      files\n\nhosts:      files dns\n\nservices:   files\nnetworks:   files\nprotocols:  files\n';

type Content = Readonly<Record<string, () => readonly FileTreeEntry[]>>;

const ROCKY: Content = {
  'rocky-release': () => [
    file('/usr/lib/os-release', ROCKY_RELEASE),
    link('/etc/os-release', '../usr/lib/os-release'),
    file('/etc/rocky-release', 'Rocky Linux release 9.3 (Blue Onyx)\n'),
    file('/etc/rocky-release-upstream', 'Derived from Red Hat Enterprise Linux 9.3\n'),
    link('/etc/redhat-release', 'rocky-release'),
    link('/etc/system-release', 'rocky-release'),
    file('/etc/issue', '\\S\nKernel \\r on an \\m\n\n'),
  ],
  'rocky-repos': () => [
    file('/etc/yum.repos.d/rocky.repo', ROCKY_REPO),
    file('/etc/yum.repos.d/rocky-extras.repo', rockySection('extras', 'Extras', 'extras', 'extras', 1)),
    file(
      '/etc/yum.repos.d/rocky-devel.repo',
      rockySection('devel', 'Devel WARNING! FOR BUILDROOT AND KOJI USE', 'devel', 'devel', 0),
    ),
    file('/etc/dnf/vars/contentdir', 'pub/rocky\n'),
    file('/etc/dnf/vars/rltype', '\n'),
  ],
  'rocky-gpg-keys': () => [key('/etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9', '702D426D350D275D')],
  'dnf-data': () => [
    file(
      '/etc/dnf/dnf.conf',
      '[main]\ngpgcheck=1\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=True\nskip_if_unavailable=False\n',
    ),
  ],
  yum: () => [link('/etc/yum.conf', 'dnf/dnf.conf')],
  rootfiles,
  bash: skeleton,
  glibc: () => [file('/etc/nsswitch.conf', NSSWITCH)],
  setup: () =>
    setup(
      'nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin\ntss:x:59:59:Account used for TPM access:/:/sbin/nologin\n',
      'utmp:x:22:\nutempter:x:35:\ntss:x:59:\nnobody:x:65534:\n',
      ['nobody', 'tss'],
    ),
};

const CENTOS: Content = {
  'centos-release': () => [
    file('/etc/os-release', CENTOS_RELEASE),
    file('/etc/centos-release', 'CentOS Linux release 7.9.2009 (Core)\n'),
    file('/etc/centos-release-upstream', 'Derived from Red Hat Enterprise Linux 7.9 (Source)\n'),
    link('/etc/redhat-release', 'centos-release'),
    link('/etc/system-release', 'centos-release'),
    file('/etc/yum.repos.d/CentOS-Base.repo', CENTOS_BASE),
    file('/etc/issue', '\\S\nKernel \\r on an \\m\n\n'),
    file('/etc/yum/vars/contentdir', 'centos\n'),
    file('/etc/yum/vars/infra', 'container\n'),
    key('/etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7', '24C6A8A7F4A80EB5'),
  ],
  yum: () => [
    file(
      '/etc/yum.conf',
      '[main]\ncachedir=/var/cache/yum/$basearch/$releasever\nkeepcache=0\ndebuglevel=2\nlogfile=/var/log/yum.log\nexactarch=1\nobsoletes=1\ngpgcheck=1\nplugins=1\ninstallonly_limit=5\nbugtracker_url=http://bugs.centos.org/set_project.php?project_id=23&ref=http://bugs.centos.org/bug_report_page.php?category=yum\ndistroverpkg=centos-release\noverride_install_langs=en_US.utf8\ntsflags=nodocs\n',
    ),
  ],
  rootfiles,
  bash: skeleton,
  glibc: () => [file('/etc/nsswitch.conf', NSSWITCH)],
  setup: () =>
    setup(
      'nobody:x:99:99:Nobody:/:/sbin/nologin\nsystemd-network:x:192:192:systemd Network Management:/:/sbin/nologin\ndbus:x:81:81:System message bus:/:/sbin/nologin\n',
      'utmp:x:22:\nutempter:x:35:\nssh_keys:x:999:\nnobody:x:99:\nsystemd-journal:x:190:\nsystemd-network:x:192:\ndbus:x:81:\n',
      ['nobody', 'systemd-network', 'dbus'],
    ),
};

/** Files of a package of the release itself, with absolute paths. */
export const releaseContent = (distribution: RpmDistribution, name: string): readonly FileTreeEntry[] =>
  (distribution === 'rocky' ? ROCKY : CENTOS)[name]?.() ?? [];
