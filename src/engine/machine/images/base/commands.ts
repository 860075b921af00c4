/** Which programs of the program table the packages of distributions put where. */
import { executable, link, type LayerFile } from '../../container/layer-files.ts';

/** GNU coreutils, as Debian's package has them in /usr/bin (formerly split with /bin). */
export const COREUTILS: readonly string[] = [
  'arch', 'b2sum', 'base32', 'base64', 'basename', 'cat', 'chgrp', 'chmod', 'chown', 'cksum', 'comm', 'cp', 'csplit', 'cut', 'date', 'dd',
  'df', 'dir', 'dirname', 'du', 'echo', 'env', 'expand', 'expr', 'factor', 'false', 'fmt', 'fold', 'groups', 'head', 'hostid', 'id',
  'install', 'join', 'link', 'ln', 'logname', 'ls', 'md5sum', 'mkdir', 'mkfifo', 'mknod', 'mktemp', 'mv', 'nice', 'nl', 'nohup', 'nproc',
  'numfmt', 'od', 'paste', 'printenv', 'printf', 'pwd', 'readlink', 'realpath', 'rm', 'rmdir', 'seq', 'sha1sum', 'sha224sum', 'sha256sum',
  'sha384sum', 'sha512sum', 'shred', 'shuf', 'sleep', 'sort', 'split', 'stat', 'stty', 'sum', 'sync', 'tac', 'tail', 'tee', 'test', '[',
  'timeout', 'touch', 'tr', 'true', 'truncate', 'tsort', 'tty', 'uname', 'unexpand', 'uniq', 'unlink', 'users', 'vdir', 'wc', 'who', 'whoami', 'yes',
];

/** Other essential packages of Debian: grep, sed, mawk, findutils, diffutils, tar, gzip, hostname, util-linux, login. */
export const ESSENTIALS: readonly string[] = [
  'grep', 'egrep', 'fgrep', 'sed', 'find', 'xargs', 'diff', 'cmp', 'tar', 'gzip', 'gunzip', 'zcat', 'hostname', 'mount', 'umount', 'dmesg',
  'su', 'more', 'clear', 'tput', 'reset', 'which', 'kill', 'lsblk', 'findmnt', 'lscpu', 'nsenter', 'unshare', 'setsid', 'flock', 'getopt',
  'apt', 'apt-get', 'dpkg', 'perl',
];

export const PROCPS: readonly string[] = ['ps', 'top', 'free', 'uptime', 'pgrep', 'pkill', 'vmstat', 'watch', 'w', 'sysctl'];

/** Program id of a command where it differs from its name. */
const PROGRAM_IDS: Readonly<Record<string, string>> = { mawk: 'awk', egrep: 'grep', fgrep: 'grep' };

export const programId = (name: string): string => PROGRAM_IDS[name] ?? name;

/** Executables of one directory. */
export const commands = (directory: string, names: readonly string[]): readonly LayerFile[] =>
  names.map((name) => executable(`${directory}/${name}`, programId(name)));

/** The directories that a merged /usr replaces by links. */
export const MERGED_USR: readonly LayerFile[] = [link('/bin', 'usr/bin'), link('/sbin', 'usr/sbin'), link('/lib', 'usr/lib'), link('/lib64', 'usr/lib64')];
