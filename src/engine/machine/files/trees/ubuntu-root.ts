/**
 * The root disk of a fresh Ubuntu 24.04 server as a tree: users, configuration, and the programs that the sandbox names.
 * Programs of /usr/sbin are told from those of /usr/bin by name; their bytes are ELF headers with program ids.
 */
import { encodeSwapHeader, SWAP_PAGE_BYTES } from '../../../../formats/swap-header.ts';
import { executableText } from '../../../../protocol/program.ts';
import { ACCOUNT_FILES } from './account-tables.ts';
import { ALTERNATIVE_LINKS, ALTERNATIVE_NAMES } from './alternative-links.ts';
import { FileTree, type FileTreeEntry } from './file-tree.ts';

export interface UbuntuRootOptions {
  /** Program ids for /usr/bin and /usr/sbin: file name is the id unless given. */
  readonly programs: readonly (string | { readonly id: string; readonly path: string })[];
  readonly entries?: readonly FileTreeEntry[];
}

const SBIN = new Set([
  'ip',
  'iptables',
  'iptables-save',
  'iptables-restore',
  'ip6tables',
  'nft',
  'ip6tables',
  'ipvsadm',
  'modprobe',
  'lsmod',
  'insmod',
  'rmmod',
  'sysctl',
  'swapon',
  'swapoff',
  'mkswap',
  'mkfs.ext4',
  'useradd',
  'userdel',
  'usermod',
  'groupadd',
  'setcap',
  'getcap',
  'capsh',
  'chpasswd',
  'groupdel',
  'groupmod',
  'addgroup',
  'adduser',
  'chroot',
  'reboot',
  'shutdown',
  'poweroff',
  'halt',
  'bridge',
  'tc',
  'brctl',
  'tcpdump',
  'ethtool',
  'arp',
  'ifconfig',
  'route',
  'conntrack',
  'sshd',
  'cron',
  'visudo',
  'nologin',
  'service',
  'losetup',
  'blkid',
  'init',
  'sulogin',
]);

/** Those that act as root for whoever calls them. */
const SET_UID = new Set([
  'sudo',
  'su',
  'passwd',
  'mount',
  'umount',
  'gpasswd',
  'newgrp',
  'sg',
  'chage',
  'chsh',
  'chfn',
]);

/** What the installer leaves; the machines of a sandbox are clones of one disk. */
const SWAP_BYTES = 2_147_483_648;
const SWAP_HEADER = encodeSwapHeader({
  lastPage: SWAP_BYTES / SWAP_PAGE_BYTES - 1,
  uuid: '5f0c2a1e-6b7d-4c39-9a44-0d3b8e21c7f5',
  label: '',
});

const dir = (path: string, mode = 0o755, uid = 0, gid = 0): FileTreeEntry => ({
  path,
  type: 'directory',
  mode,
  uid,
  gid,
});
const file = (path: string, text: string, mode = 0o644, uid = 0, gid = 0): FileTreeEntry => ({
  path,
  type: 'file',
  text,
  mode,
  uid,
  gid,
});
const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });

/** Programs that only other programs run. */
const HELPERS: Readonly<Record<string, string>> = {
  'sftp-server': '/usr/lib/openssh/sftp-server',
  'systemd-sulogin-shell': '/usr/lib/systemd/systemd-sulogin-shell',
};

/** Where a host has a program. */
export const programPath = (id: string): string => HELPERS[id] ?? `/usr/${SBIN.has(id) ? 'sbin' : 'bin'}/${id}`;

/** One tree for every host of a sandbox; what differs per host (hostname, hosts, keys) is written after mounting. */
export function ubuntuRoot({ programs, entries = [] }: UbuntuRootOptions): FileTree {
  const files = programs.filter((each) => typeof each !== 'string' || !ALTERNATIVE_NAMES.has(each));
  const executables = files.map((each) => {
    const id = typeof each === 'string' ? each : each.id;
    const path = (typeof each === 'string' ? programPath(id) : each.path).replace(/^\//, '');
    const setUid = SET_UID.has(id);
    return {
      path,
      type: 'file' as const,
      text: executableText(id),
      size: 35_000 + ((id.length * 7919) % 150_000),
      mode: setUid ? 0o4755 : 0o755,
    };
  });
  return new FileTree(`ubuntu-24.04/${String(executables.length)}/${String(entries.length)}`, [
    ...DIRECTORIES,
    ...CONFIGURATION,
    ...HOMES,
    ...executables,
    ...ALTERNATIVE_LINKS,
    ...entries,
  ]);
}

const DIRECTORIES: readonly FileTreeEntry[] = [
  link('bin', 'usr/bin'),
  link('sbin', 'usr/sbin'),
  link('lib', 'usr/lib'),
  link('lib64', 'usr/lib64'),
  ...[
    'boot',
    'dev',
    'etc',
    'home',
    'media',
    'mnt',
    'opt',
    'run',
    'srv',
    'usr',
    'usr/bin',
    'usr/sbin',
    'usr/lib',
    'usr/lib64',
    'usr/share',
    'usr/local',
    'usr/local/bin',
    'usr/local/sbin',
    'usr/src',
    'var',
    'var/lib',
    'var/log',
    'var/cache',
    'var/spool',
    'var/backups',
    'var/opt',
  ].map((path) => dir(path)),
  dir('proc', 0o555),
  dir('sys', 0o555),
  dir('root', 0o700),
  dir('tmp', 0o1777),
  dir('var/tmp', 0o1777),
  dir('lost+found', 0o700),
  link('var/run', '/run'),
  link('var/lock', '/run/lock'),
  dir('etc/systemd/system'),
  dir('etc/systemd/system/multi-user.target.wants'),
  dir('usr/lib/systemd/system'),
  dir('etc/modules-load.d'),
  dir('etc/sysctl.d'),
  dir('etc/profile.d'),
  dir('etc/apt'),
  dir('etc/default'),
  dir('etc/ssh'),
  dir('etc/docker'),
  dir('etc/cron.d'),
  dir('etc/sudoers.d', 0o750),
  dir('var/log/journal', 0o2755, 0, 999),
  dir('usr/share/doc'),
  dir('usr/share/bash-completion/completions'),
];

const CONFIGURATION: readonly FileTreeEntry[] = [
  ...ACCOUNT_FILES,
  file(
    'etc/sudoers',
    'Defaults\tenv_reset\nDefaults\tmail_badpass\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin"\nroot\tALL=(ALL:ALL) ALL\n%admin ALL=(ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n',
    0o440,
  ),
  file('etc/sudoers.d/90-cloud-init-users', '# User rules for ubuntu\nubuntu ALL=(ALL) NOPASSWD:ALL\n', 0o440),
  file(
    'usr/lib/os-release',
    `PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
SUPPORT_URL="https://help.ubuntu.com/"
BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"
PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"
UBUNTU_CODENAME=noble
LOGO=ubuntu-logo
`,
  ),
  link('etc/os-release', '../usr/lib/os-release'),
  file(
    'etc/lsb-release',
    'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=24.04\nDISTRIB_CODENAME=noble\nDISTRIB_DESCRIPTION="Ubuntu 24.04.3 LTS"\n',
  ),
  file('etc/debian_version', 'trixie/sid\n'),
  file('etc/issue', 'Ubuntu 24.04.3 LTS \\n \\l\n\n'),
  file(
    'etc/fstab',
    `# /etc/fstab: static file system information.
#
# <file system> <mount point>   <type>  <options>       <dump>  <pass>
/dev/sda1 / ext4 defaults 0 1
/swap.img\tnone\tswap\tsw\t0\t0
`,
  ),
  { path: 'swap.img', type: 'file', size: SWAP_BYTES, bytes: SWAP_HEADER, mode: 0o600 },
  file('etc/hostname', 'ubuntu\n'),
  file(
    'etc/hosts',
    '127.0.0.1 localhost\n127.0.1.1 ubuntu\n\n::1     ip6-localhost ip6-loopback\nfe00::0 ip6-localnet\nff00::0 ip6-mcastprefix\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n',
  ),
  file('etc/resolv.conf', 'nameserver 192.168.56.1\nsearch .\n'),
  file(
    'etc/nsswitch.conf',
    'passwd:         files systemd\ngroup:          files systemd\nshadow:         files systemd\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\n',
  ),
  file('etc/host.conf', 'multi on\n'),
  file(
    'etc/shells',
    '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n',
  ),
  file(
    'etc/environment',
    'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin"\n',
  ),
  file(
    'etc/profile',
    `if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  fi
fi

if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
`,
  ),
  file(
    'etc/bash.bashrc',
    `[ -z "$PS1" ] && return

shopt -s checkwinsize

PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
`,
  ),
  file('etc/inputrc', 'set input-meta on\nset output-meta on\n'),
  file('etc/timezone', 'Etc/UTC\n'),
  link('etc/localtime', '/usr/share/zoneinfo/Etc/UTC'),
  file('etc/machine-id', 'uninitialized\n', 0o444),
  file('etc/modules', '# /etc/modules: kernel modules to load at boot time.\n'),
  file('etc/sysctl.conf', '# System variables; see /etc/sysctl.d/ for more.\n#net.ipv4.ip_forward=1\n'),
  link('etc/mtab', '../proc/self/mounts'),
  file(
    'etc/services',
    'tcpmux\t\t1/tcp\necho\t\t7/tcp\nftp\t\t21/tcp\nssh\t\t22/tcp\ntelnet\t\t23/tcp\nsmtp\t\t25/tcp\t\tmail\ndomain\t\t53/tcp\ndomain\t\t53/udp\nhttp\t\t80/tcp\t\twww\nntp\t\t123/udp\nhttps\t\t443/tcp\nmysql\t\t3306/tcp\npostgresql\t5432/tcp\nredis\t\t6379/tcp\nhttp-alt\t8080/tcp\n',
  ),
  file('etc/protocols', 'ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n'),
  file('usr/share/zoneinfo/Etc/UTC', 'TZif2\n'),
];

const BASHRC = `case $- in
    *i*) ;;
      *) return;;
esac

HISTCONTROL=ignoreboth
shopt -s histappend
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s checkwinsize

alias ls='ls --color=auto'
alias grep='grep --color=auto'
alias ll='ls -alF'
alias la='ls -A'
alias l='ls -CF'
`;

const PROFILE =
  'if [ -n "$BASH_VERSION" ]; then\n    if [ -f "$HOME/.bashrc" ]; then\n\t. "$HOME/.bashrc"\n    fi\nfi\n';

const HOMES: readonly FileTreeEntry[] = [
  file('root/.bashrc', BASHRC),
  file(
    'root/.profile',
    'if [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n',
  ),
  dir('root/.ssh', 0o700),
  dir('home/ubuntu', 0o750, 1000, 1000),
  file('home/ubuntu/.bashrc', BASHRC, 0o644, 1000, 1000),
  file('home/ubuntu/.profile', PROFILE, 0o644, 1000, 1000),
  file('home/ubuntu/.bash_logout', '', 0o644, 1000, 1000),
  dir('home/ubuntu/.ssh', 0o700, 1000, 1000),
  dir('etc/skel'),
  file('etc/skel/.bashrc', BASHRC),
  file('etc/skel/.profile', PROFILE),
  file('etc/skel/.bash_logout', ''),
];
