/** BusyBox in its own image and in Alpine: one executable under many names. */
import { ALPINE_APPLETS, FURTHER_APPLETS } from '../../../../protocol/busybox-applets.ts';
import { executableText } from '../../../../protocol/program.ts';
import { alpineDatabase } from '../../packages/alpine-archive.ts';
import { directory, executable, file, link, type LayerFile } from '../../container/layer-files.ts';

/** The busybox image: every applet is a name of the same file in /bin. */
export function busyboxFiles(): readonly LayerFile[] {
  const applets = [...Object.values(ALPINE_APPLETS).flat(), ...FURTHER_APPLETS, 'busybox'];
  return [
    directory('/bin'),
    executable('/bin/[', 'busybox'),
    ...applets
      .filter((name) => name !== '[')
      .sort()
      .map((name): LayerFile => ({ type: 'file', path: `/bin/${name}`, text: executableText('busybox'), mode: 0o755 })),
    directory('/dev'),
    file('/etc/passwd', BUSYBOX_PASSWD),
    file('/etc/group', BUSYBOX_GROUP),
    file('/etc/shadow', 'root:*:::::::\n', { mode: 0o600 }),
    file('/etc/nsswitch.conf', ''),
    directory('/home', { uid: 65_534, gid: 65_534 }),
    directory('/root', { mode: 0o700 }),
    directory('/tmp', { mode: 0o1777 }),
    directory('/usr/sbin', { uid: 1, gid: 1 }),
    link('/usr/bin/env', '../../bin/env'),
    directory('/var/spool/mail', { uid: 8, gid: 8 }),
    directory('/var/www', { uid: 33, gid: 33 }),
    directory('/lib'),
    link('/lib64', 'lib'),
  ];
}

const BUSYBOX_PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;
const BUSYBOX_GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
wheel:x:10:root
mail:x:8:
www-data:x:33:
operator:x:37:
users:x:100:
nobody:x:65534:
`;

/** Alpine's minirootfs: busybox in /bin and links to it. */
export function alpineFiles(version: string): readonly LayerFile[] {
  const links = (directoryName: string, names: readonly string[]): readonly LayerFile[] =>
    names.map((name) => link(`${directoryName}/${name}`, '/bin/busybox'));
  return [
    executable('/bin/busybox', 'busybox'),
    ...Object.entries(ALPINE_APPLETS).flatMap(([place, names]) => links(place, names)),
    executable('/sbin/apk', 'apk'),
    ...alpineDatabase(version),
    ...[
      '/dev',
      '/home',
      '/lib',
      '/media',
      '/mnt',
      '/opt',
      '/proc',
      '/run',
      '/srv',
      '/sys',
      '/usr/lib',
      '/usr/local/bin',
      '/usr/share',
      '/var/cache',
      '/var/lib',
      '/var/log',
      '/var/spool',
    ].map((path) => directory(path)),
    directory('/tmp', { mode: 0o1777 }),
    directory('/var/tmp', { mode: 0o1777 }),
    directory('/root', { mode: 0o700 }),
    link('/var/run', '../run'),
    file('/etc/passwd', ALPINE_PASSWD),
    file('/etc/group', ALPINE_GROUP),
    file('/etc/shadow', 'root:*::0:::::\n', { mode: 0o640, gid: 42 }),
    file('/etc/alpine-release', `${version}\n`),
    file(
      '/etc/os-release',
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.split('.').slice(0, 2).join('.')}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
    ),
    file('/etc/hostname', 'localhost\n'),
    file(
      '/etc/nsswitch.conf',
      '# musl itself does not support NSS, however some third-party DNS\n# implementations use the nsswitch.conf file to determine what\n# policy to follow.\nhosts: files dns\n',
    ),
    file(
      '/etc/profile',
      'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\numask 022\n',
    ),
    file('/etc/shells', '# valid login shells\n/bin/sh\n/bin/ash\n'),
  ];
}

export const ALPINE_PASSWD = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;
export const ALPINE_GROUP = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
cron:x:16:cron
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
tape:x:26:root
video:x:27:root
netdev:x:28:
kvm:x:34:kvm
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
`;
