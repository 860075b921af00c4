/** What `--version` answers first: the packages of Ubuntu 24.04 that the programs stand for. */
import { SYSTEMD_VERSION } from './systemd/release.ts';

interface Release {
  readonly text: (name: string) => string;
  /** The letter that asks for it too. */
  readonly letter?: string;
  readonly names: string;
}

const LIBMOUNT = '(libmount 2.39.3: selinux, smack, btrfs, verity, namespaces, idmapping, statx, assert, debug)';

const RELEASES: readonly Release[] = [
  {
    text: (name) => `${name} (GNU coreutils) 9.4`,
    names: `arch b2sum base32 base64 basename cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dirname du echo
      env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod
      mktemp mv nice nl nohup nproc numfmt od paste pathchk printenv printf pwd readlink realpath rm rmdir seq sha1sum
      sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test
      timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes`,
  },
  {
    text: (name) => `${name} from procps-ng 4.0.4`,
    letter: 'V',
    names: 'free kill pgrep pidof pkill pmap ps sysctl top uptime vmstat w',
  },
  { text: (name) => `${name} from procps-ng 4.0.4`, letter: 'v', names: 'watch' },
  {
    text: (name) => `${name} from util-linux 2.39.3`,
    letter: 'V',
    names: `blkid colrm column dmesg fallocate findmnt flock getopt hd hexdump last look losetup lsblk lscpu lsns mcookie mesg mkswap scriptreplay more mountpoint namei nsenter prlimit renice rev script
      setpriv setsid su swapoff swapon unshare uuidgen wall whereis write`,
  },
  { text: (name) => `${name} from util-linux 2.39.3 ${LIBMOUNT}`, letter: 'V', names: 'mount umount' },
  { text: (name) => `${name} (GNU grep) 3.11`, letter: 'V', names: 'grep egrep fgrep' },
  { text: () => 'sed (GNU sed) 4.9', names: 'sed' },
  { text: () => 'tar (GNU tar) 1.35', names: 'tar' },
  {
    text: (name) => `${name} (gzip) 1.12`,
    letter: 'V',
    names: 'gunzip uncompress zcat zcmp zdiff zegrep zfgrep zforce zgrep zmore',
  },
  { text: () => 'gzip 1.12', letter: 'V', names: 'gzip' },
  { text: (name) => `${name} (GNU findutils) 4.9.0`, names: 'find xargs' },
  { text: (name) => `${name} (GNU diffutils) 3.10`, letter: 'v', names: 'cmp diff' },
  { text: () => 'less 590 (GNU regular expressions)', letter: 'V', names: 'less' },
  { text: () => 'hostname 3.23', letter: 'V', names: 'hostname' },
  { text: () => 'ss utility, iproute2-6.1.0', letter: 'V', names: 'ss' },
  { text: () => 'GNU Wget 1.21.4 built on linux-gnu.', letter: 'V', names: 'wget' },
  { text: () => 'GNU patch 2.7.6', letter: 'v', names: 'patch' },
  { text: () => 'GNU strings (GNU Binutils for Ubuntu) 2.42', names: 'strings' },
  { text: () => 'jq-1.7.1', letter: 'V', names: 'jq' },
  { text: () => 'mawk 1.3.4 20240123', names: 'awk mawk' },
  { text: () => 'bc 1.07.1', letter: 'v', names: 'bc' },
  {
    text: () =>
      'ping from iputils 20240117\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes',
    letter: 'V',
    names: 'ping',
  },
  {
    text: () => SYSTEMD_VERSION,
    names:
      'hostnamectl journalctl loginctl systemctl systemd-analyze systemd-cgls systemd-cgtop systemd-escape systemd-run timedatectl',
  },
];

const byName = new Map(
  RELEASES.flatMap((release) => release.names.split(/\s+/).map((name): [string, Release] => [name, release])),
);

/** The line for these arguments, where they ask for nothing but the version and the program's is known. */
export function versionAsked(name: string, args: readonly string[]): string | undefined {
  const release = args.length === 1 ? byName.get(name) : undefined;
  if (release === undefined) return undefined;
  const [asked = ''] = args;
  const short = release.letter !== undefined && asked === `-${release.letter}`;
  return asked === '--version' || short ? release.text(name) : undefined;
}
