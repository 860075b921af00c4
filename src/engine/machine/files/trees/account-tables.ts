/**
 * The accounts of a fresh Ubuntu 24.04 server: the users and groups of base-passwd, those that its services get, and the
 * user of the image; with the settings that shadow's tools read.
 */
import type { FileTreeEntry } from './file-tree.ts';

const NOLOGIN = '/usr/sbin/nologin';
/** `name uid gid home`, with `comment=` where it is not the name. */
const SYSTEM_USERS = `daemon 1 1 /usr/sbin
bin 2 2 /bin
sys 3 3 /dev
sync 4 65534 /bin /bin/sync
games 5 60 /usr/games
man 6 12 /var/cache/man
lp 7 7 /var/spool/lpd
mail 8 8 /var/mail
news 9 9 /var/spool/news
uucp 10 10 /var/spool/uucp
proxy 13 13 /bin
www-data 33 33 /var/www
backup 34 34 /var/backups`
  .split('\n')
  .map((line) => line.split(' '))
  .map(
    ([name = '', uid, gid, home, shell = NOLOGIN]) =>
      `${name}:x:${uid ?? ''}:${gid ?? ''}:${name}:${home ?? ''}:${shell}`,
  );

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  ...SYSTEM_USERS,
  `list:x:38:38:Mailing List Manager:/var/list:${NOLOGIN}`,
  `irc:x:39:39:ircd:/run/ircd:${NOLOGIN}`,
  `_apt:x:42:65534::/nonexistent:${NOLOGIN}`,
  `nobody:x:65534:65534:nobody:/nonexistent:${NOLOGIN}`,
  `systemd-network:x:998:998:systemd Network Management:/:${NOLOGIN}`,
  `systemd-resolve:x:992:992:systemd Resolver:/:${NOLOGIN}`,
  `messagebus:x:101:102::/nonexistent:${NOLOGIN}`,
  `syslog:x:102:103::/nonexistent:${NOLOGIN}`,
  `sshd:x:103:65534::/run/sshd:${NOLOGIN}`,
  'ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash',
];

const GROUP = [
  ...`root:0 daemon:1 bin:2 sys:3 adm:4:syslog,ubuntu tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20
    fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27:ubuntu audio:29 dip:30 www-data:33 backup:34 operator:37 list:38
    irc:39 src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534
    systemd-journal:999 systemd-network:998 systemd-resolve:992 messagebus:102 syslog:103 crontab:110 docker:988:ubuntu
    ubuntu:1000`.split(/\s+/),
].map((text) => text.split(':'));

/** Services get a locked password, base-passwd's users an impossible one. */
const isBase = (id: string | undefined): boolean => Number(id) < 100 || Number(id) > 65_000;
const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

const file = (path: string, text: string, mode = 0o644, gid = 0): FileTreeEntry => ({
  path,
  type: 'file',
  text,
  mode,
  uid: 0,
  gid,
});

const LOGIN_DEFS = `MAIL_DIR /var/mail
FAILLOG_ENAB yes
LOG_UNKFAIL_ENAB no
LOG_OK_LOGINS no
SYSLOG_SU_ENAB yes
SYSLOG_SG_ENAB yes
FTMP_FILE /var/log/btmp
SU_NAME su
HUSHLOGIN_FILE .hushlogin
ENV_SUPATH PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV_PATH PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games
TTYGROUP tty
TTYPERM 0600
ERASECHAR 0177
KILLCHAR 025
UMASK 022
HOME_MODE 0750
PASS_MAX_DAYS 99999
PASS_MIN_DAYS 0
PASS_WARN_AGE 7
UID_MIN 1000
UID_MAX 60000
SUB_UID_MIN 100000
SUB_UID_MAX 600100000
SUB_UID_COUNT 65536
GID_MIN 1000
GID_MAX 60000
SUB_GID_MIN 100000
SUB_GID_MAX 600100000
SUB_GID_COUNT 65536
LOGIN_RETRIES 5
LOGIN_TIMEOUT 60
CHFN_RESTRICT rwh
DEFAULT_HOME yes
USERGROUPS_ENAB yes
ENCRYPT_METHOD SHA512
NONEXISTENT /nonexistent
`.replace(/ /g, '\t\t');

export const ACCOUNT_FILES: readonly FileTreeEntry[] = [
  file('etc/passwd', lines(PASSWD)),
  file('etc/group', lines(GROUP.map(([name = '', gid = '', members = '']) => `${name}:x:${gid}:${members}`))),
  file(
    'etc/shadow',
    lines(
      PASSWD.map((row) => row.split(':')).map(
        ([name = '', , uid]) => `${name}:${name === 'ubuntu' || !isBase(uid) ? '!' : '*'}:20454:0:99999:7:::`,
      ),
    ),
    0o640,
    42,
  ),
  file(
    'etc/gshadow',
    lines(GROUP.map(([name = '', gid, members = '']) => `${name}:${isBase(gid) ? '*' : '!'}::${members}`)),
    0o640,
    42,
  ),
  file('etc/subuid', 'ubuntu:100000:65536\n'),
  file('etc/subgid', 'ubuntu:100000:65536\n'),
  file('etc/login.defs', LOGIN_DEFS),
  file(
    'etc/default/useradd',
    '# What useradd takes where its options say nothing; useradd -D shows it.\nSHELL=/bin/sh\n',
  ),
];
