/** Which commands a package of Rocky Linux or CentOS brings, by the identifiers of the program table. */
import { programsOf, type PackagedProgram } from '../package-programs.ts';

/** Debian's package with the same programs at the same places. */
const LIKE: Readonly<Record<string, string>> = {
  coreutils: 'coreutils',
  'coreutils-single': 'coreutils',
  diffutils: 'diffutils',
  findutils: 'findutils',
  gzip: 'gzip',
  bc: 'bc',
  binutils: 'binutils',
  bzip2: 'bzip2',
  ethtool: 'ethtool',
  file: 'file',
  git: '',
  'git-core': 'git',
  htop: 'htop',
  iperf3: 'iperf3',
  jq: 'jq',
  less: 'less',
  'man-db': 'man-db',
  nano: 'nano',
  openssl: 'openssl',
  rsync: 'rsync',
  sed: 'sed',
  socat: 'socat',
  strace: 'strace',
  'stress-ng': 'stress-ng',
  sudo: 'sudo',
  tar: 'tar',
  tcpdump: 'tcpdump',
  telnet: 'telnet',
  tmux: 'tmux',
  traceroute: 'traceroute',
  tree: 'tree',
  unzip: 'unzip',
  wget: 'wget',
  xz: 'xz-utils',
  zip: 'zip',
  psmisc: 'psmisc',
};

/** `id=path` where the program is known by another name than the file; names are in /usr/bin. */
const OWN: Readonly<Record<string, string>> = {
  acl: 'getfacl setfacl chacl',
  alternatives: '/usr/sbin/alternatives /usr/sbin/update-alternatives',
  bash: 'bash',
  'bind-utils': 'dig host nslookup nsupdate',
  chkconfig: '/usr/sbin/alternatives /usr/sbin/chkconfig ntsysv=/usr/sbin/ntsysv',
  cpio: 'cpio',
  cronie: 'crontab crond=/usr/sbin/crond',
  'cronie-anacron': '/usr/sbin/anacron',
  crontabs: 'run-parts',
  curl: 'curl',
  'curl-minimal': 'curl',
  dnf: 'dnf dnf-3',
  gawk: 'gawk',
  'glibc-common': 'getent getconf iconv ldd locale localedef tzselect',
  glibc: '/usr/sbin/ldconfig',
  gnupg2: 'gpg gpg2',
  grep: 'grep grep=/usr/bin/egrep grep=/usr/bin/fgrep',
  hardlink: '/usr/sbin/hardlink',
  hostname: 'hostname dnsdomainname domainname nisdomainname ypdomainname',
  'httpd-tools': 'ab htpasswd',
  iproute: '/usr/sbin/ip /usr/sbin/ss /usr/sbin/bridge',
  'iproute-tc': '/usr/sbin/tc',
  iptables: '/usr/sbin/iptables /usr/sbin/ip6tables /usr/sbin/iptables-save /usr/sbin/iptables-restore',
  iputils: 'ping arping=/usr/sbin/arping tracepath clockdiff=/usr/sbin/clockdiff',
  kmod: 'kmod /usr/sbin/lsmod /usr/sbin/modprobe /usr/sbin/modinfo /usr/sbin/insmod /usr/sbin/rmmod',
  lsof: 'lsof',
  ncurses: 'clear reset tput infocmp tabs tic toe tset',
  'net-tools': '/usr/sbin/ifconfig netstat /usr/sbin/route /usr/sbin/arp',
  'nmap-ncat': 'ncat ncat=/usr/bin/nc',
  openssh: 'ssh-keygen',
  'openssh-clients': 'ssh scp sftp ssh-copy-id ssh-add ssh-agent ssh-keyscan',
  'openssh-server': '/usr/sbin/sshd',
  passwd: 'passwd',
  'procps-ng':
    'ps kill top free uptime pgrep pkill pmap pwdx skill slabtop snice tload vmstat watch w /usr/sbin/sysctl pidof=/usr/sbin/pidof',
  python: 'python=/usr/bin/python python2 python2.7',
  python3: 'python3 python3.9',
  rpm: 'rpm rpmkeys rpmdb rpm2cpio rpmquery rpmverify',
  'shadow-utils':
    'chage gpasswd lastlog newgrp sg /usr/sbin/adduser /usr/sbin/chpasswd /usr/sbin/groupadd /usr/sbin/groupdel /usr/sbin/groupmems /usr/sbin/groupmod /usr/sbin/grpck /usr/sbin/grpconv /usr/sbin/grpunconv /usr/sbin/newusers /usr/sbin/pwck /usr/sbin/pwconv /usr/sbin/pwunconv useradd=/usr/sbin/useradd /usr/sbin/userdel /usr/sbin/usermod /usr/sbin/vigr /usr/sbin/vipw',
  sl: 'sl',
  systemd:
    'systemctl journalctl loginctl hostnamectl timedatectl localectl systemd-analyze systemd-cgls systemd-cgtop systemd-run systemd-escape',
  'util-linux':
    'cal chfn chsh column col colrm dmesg eject fallocate fincore findmnt flock getopt hexdump ionice ipcmk ipcrm ipcs last lastb logger login look lsblk lscpu lsipc lslocks lslogins lsmem lsns mcookie mesg more mount mountpoint namei nsenter prlimit rename renice rev script scriptreplay setarch setpriv setsid setterm su taskset ul umount unshare utmpdump uuidgen wall wdctl whereis write /usr/sbin/agetty /usr/sbin/addpart /usr/sbin/blkdiscard /usr/sbin/blkid /usr/sbin/blockdev /usr/sbin/chcpu /usr/sbin/ctrlaltdel /usr/sbin/delpart /usr/sbin/fdisk /usr/sbin/findfs /usr/sbin/fsck /usr/sbin/fsfreeze /usr/sbin/fstrim /usr/sbin/hwclock /usr/sbin/losetup /usr/sbin/mkfs /usr/sbin/mkswap /usr/sbin/nologin /usr/sbin/partx /usr/sbin/pivot_root /usr/sbin/runuser /usr/sbin/sfdisk /usr/sbin/sulogin /usr/sbin/swaplabel /usr/sbin/swapoff /usr/sbin/swapon /usr/sbin/switch_root /usr/sbin/wipefs /usr/sbin/zramctl',
  'vim-enhanced': 'vim vimdiff vimtutor rvim',
  'vim-minimal': 'vi view rvi rview ex',
  which: 'which',
  yum: 'yum',
  'yum-utils': 'repoquery yumdownloader yum-config-manager needs-restarting package-cleanup reposync',
};

/** Links that a package brings: `path target`. */
const LINKS: Readonly<Record<string, readonly (readonly [path: string, target: string])[]>> = {
  bash: [['/usr/bin/sh', 'bash']],
  gawk: [['/usr/bin/awk', 'gawk']],
};

/** Programs of a package. */
export function rpmPrograms(name: string): readonly PackagedProgram[] {
  const like = LIKE[name];
  if (like !== undefined) return programsOf(like);
  const text = OWN[name];
  if (text === undefined) return [];
  return text.split(' ').map((each) => {
    const [id = '', at = each] = each.includes('=') ? each.split('=') : [each.slice(each.lastIndexOf('/') + 1), each];
    return { id: PROGRAMS[id] ?? id, path: at.startsWith('/') ? at : `/usr/bin/${at}` };
  });
}

/** Files that are the same program under another name. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'dnf-3': 'dnf',
  rpmquery: 'rpm',
  rpmverify: 'rpm',
  'python3.9': 'python3',
  'python2.7': 'python2',
  python: 'python2',
  adduser: 'useradd',
};

export const rpmLinks = (name: string): readonly (readonly [path: string, target: string])[] => LINKS[name] ?? [];
