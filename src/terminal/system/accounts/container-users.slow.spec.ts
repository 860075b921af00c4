/** Whom a container runs as: --user, --group-add, --cap-add, --read-only, --tmpfs and volumes (docker 28). */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('for image in ubuntu:24.04 busybox nginx; do docker pull -q $image; done');
  await lab.run(
    'mkdir -m 750 /srv/closed; mkdir /srv/open; for d in closed open; do echo secret > /srv/$d/f; chmod 600 /srv/$d/f; done',
  );
});

const told = async (command: string): Promise<string> => (await lab.run(`docker run --rm ${command} 2>&1`)).stdout;

test.for([
  ['ubuntu:24.04', 'uid=0(root) gid=0(root) groups=0(root)'],
  ['busybox', 'uid=0(root) gid=0(root) groups=0(root),10(wheel)'],
  [
    '--user 1000 ubuntu:24.04',
    'uid=1000(ubuntu) gid=1000(ubuntu) groups=1000(ubuntu),4(adm),20(dialout),24(cdrom),25(floppy),27(sudo),29(audio),30(dip),44(video),46(plugdev)',
  ],
  ['--user 1000:1000 ubuntu:24.04', 'uid=1000(ubuntu) gid=1000(ubuntu) groups=1000(ubuntu)'],
  ['--user 4242 ubuntu:24.04', 'uid=4242 gid=0(root) groups=0(root)'],
  ['--user 4242:4343 ubuntu:24.04', 'uid=4242 gid=4343 groups=4343'],
  ['--user www-data ubuntu:24.04', 'uid=33(www-data) gid=33(www-data) groups=33(www-data)'],
  ['--user 33:audio ubuntu:24.04', 'uid=33(www-data) gid=29(audio) groups=29(audio)'],
  ['--user nginx nginx', 'uid=101(nginx) gid=101(nginx) groups=101(nginx)'],
  [
    '--user 5 --group-add 44 --group-add audio ubuntu:24.04',
    'uid=5(games) gid=60(games) groups=60(games),29(audio),44(video)',
  ],
  ['--user 5 --group-add 10 busybox', 'uid=5 gid=0(root) groups=0(root),10(wheel)'],
] as const)('%s is %s', async ([options, text]) => {
  expect(await told(`${options} id`)).toBe(`${text}\n`);
});

test.for([
  ['--user nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
  ['--user 5:nosuch', 'unable to find group nosuch: no matching entries in group file'],
  ['--user -1', 'uids and gids must be in range 0-2147483647'],
  ['--user 99999999999', 'uids and gids must be in range 0-2147483647'],
  ['--user 0:2147483648', 'uids and gids must be in range 0-2147483647'],
  ['--group-add nosuch', 'unable to find group nosuch: no matching entries in group file'],
  ['--cap-add foo', 'invalid CapAdd: unknown capability: "CAP_FOO"'],
  ['--cap-drop cap_bar', 'invalid CapDrop: unknown capability: "CAP_BAR"'],
  ['--tmpfs /tmp:foo', 'Invalid tmpfs option ["foo"]'],
] as const)('docker run %s is refused', async ([options, message]) => {
  expect(await told(`${options} busybox true`)).toBe(
    `docker: Error response from daemon: ${message}\n\nRun 'docker run --help' for more information\n`,
  );
});

test.for([
  [
    'a capability in any spelling',
    '--cap-drop ALL --cap-add cap_Chown busybox grep CapEff /proc/self/status',
    'CapEff:\t0000000000000001\n',
  ],
  [
    'no CHOWN',
    '--cap-drop CHOWN ubuntu:24.04 chown 5 /etc/passwd',
    "chown: changing ownership of '/etc/passwd': Operation not permitted\n",
  ],
  [
    'no DAC_OVERRIDE',
    "--cap-drop DAC_OVERRIDE ubuntu:24.04 sh -c 'mkdir -m 0 /x; touch /x/a; ls /x'",
    "touch: cannot touch '/x/a': Permission denied\nls: cannot open directory '/x': Permission denied\n",
  ],
  [
    'no SETUID',
    '--cap-drop SETUID --cap-drop SETGID ubuntu:24.04 su nobody -s /bin/sh -c id',
    'su: cannot set groups: Operation not permitted\n',
  ],
  [
    'no FOWNER',
    "--cap-drop FOWNER ubuntu:24.04 sh -c 'touch /tmp/a; chown 5 /tmp/a; chmod 700 /tmp/a'",
    "chmod: changing permissions of '/tmp/a': Operation not permitted\n",
  ],
  ['no MKNOD', '--cap-drop MKNOD ubuntu:24.04 mknod /tmp/x c 1 3', 'mknod: /tmp/x: Operation not permitted\n'],
  [
    'no SYS_CHROOT',
    '--cap-drop SYS_CHROOT ubuntu:24.04 chroot / id',
    "chroot: cannot change root directory to '/': Operation not permitted\n",
  ],
  ['NET_ADMIN', "--cap-add NET_ADMIN busybox sh -c 'ip link add d type dummy && ls /sys/class/net'", 'd\neth0\nlo\n'],
  ['SYSLOG', "--cap-add SYSLOG ubuntu:24.04 sh -c 'dmesg | head -n 1 | cut -c 1-28'", '[    0.000000] Linux version\n'],
  ['SYS_NICE', '--cap-add SYS_NICE ubuntu:24.04 nice -n -5 nice', '-5\n'],
  ['a low port without privilege', '--user 5 busybox timeout 1 nc -l -p 80', ''],
  [
    'not on the host’s network',
    '--user 5 --network host busybox timeout 1 nc -l -p 80',
    'nc: bind: Permission denied\n',
  ],
  [
    'a sticky /tmp',
    'ubuntu:24.04 sh -c \'touch /tmp/a; su nobody -s /bin/sh -c "rm -f /tmp/a"\'',
    "rm: cannot remove '/tmp/a': Operation not permitted\n",
  ],
  [
    'a set-group-id directory',
    'ubuntu:24.04 sh -c \'mkdir /d; chgrp 44 /d; chmod g+s /d; mkdir /d/e; touch /d/f; stat -c "%a %g" /d/e /d/f\'',
    '2755 44\n644 44\n',
  ],
  ['a umask', "ubuntu:24.04 sh -c 'umask 027; touch /a; mkdir /b; stat -c %a /a /b'", '640\n750\n'],
  ['--read-only', 'busybox_ro touch /x', 'touch: /x: Read-only file system\n'],
  [
    'which includes docker’s own files',
    "busybox_ro sh -c 'echo a > /etc/hosts'",
    "sh: can't create /etc/hosts: Read-only file system\n",
  ],
  ['but neither /dev nor /dev/shm', "busybox_ro sh -c 'touch /dev/shm/x /dev/x && echo made'", 'made\n'],
  [
    '--tmpfs',
    "--tmpfs /t busybox sh -c 'stat -c %a /t; grep /t /proc/mounts'",
    '1777\ntmpfs /t tmpfs rw,nosuid,nodev,noexec,relatime 0 0\n',
  ],
  [
    '--tmpfs with options',
    "--tmpfs /t:size=64k,mode=0700,uid=5,exec busybox sh -c 'ls -ldn /t | cut -c 1-20; grep /t /proc/mounts'",
    'drwx------    2 5   \ntmpfs /t tmpfs rw,nosuid,nodev,relatime,size=64k,mode=700,uid=5 0 0\n',
  ],
  [
    'a closed directory of root',
    '--user 5 -v /srv/closed:/d busybox cat /d/f',
    "cat: can't open '/d/f': Permission denied\n",
  ],
  ['a closed file of root', '--user 5 -v /srv/open:/d busybox cat /d/f', "cat: can't open '/d/f': Permission denied\n"],
  ['which the container’s root reads', '-v /srv/closed:/d busybox cat /d/f', 'secret\n'],
  ['a directory of root', '--user 5 -v /srv/open:/d busybox touch /d/n', 'touch: /d/n: Permission denied\n'],
  ['a read-only volume', '-v /srv/open:/d:ro busybox touch /d/n', 'touch: /d/n: Read-only file system\n'],
  [
    'a fresh volume',
    "--user 5 -v fresh:/d busybox sh -c 'stat -c %u:%a /d; touch /d/n'",
    '0:755\ntouch: /d/n: Permission denied\n',
  ],
] as const)('%s', async ([, command, text]) => {
  expect(await told(command.replace('busybox_ro', '--read-only busybox'))).toBe(text);
});

const STAMP = /^\S+ \S+ /gm;
const IGNORED =
  'the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2';
test.for([
  ['--user 1000', 'mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)', true],
  ['--user 101 --tmpfs /var/cache/nginx', 'open() "/run/nginx.pid" failed (13: Permission denied)', true],
  ['--read-only', 'mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)', false],
  ['--cap-drop ALL', 'chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)', false],
  [
    '--user 101 --network host --tmpfs /var/cache/nginx --tmpfs /run',
    'bind() to 0.0.0.0:80 failed (13: Permission denied)',
    true,
  ],
] as const)('nginx with %s does not start', async ([options, problem, ignored]) => {
  const { stderr, code } = await lab.run(`docker run --rm --entrypoint nginx ${options} nginx`);
  const lines = (level: string, text: string): string => `[${level}] 1#1: ${text}\nnginx: [${level}] ${text}\n`;
  expect({ stderr: stderr.replace(STAMP, (stamp) => (stamp.startsWith('nginx:') ? stamp : '')), code }).toEqual({
    stderr: `${ignored ? lines('warn', IGNORED) : ''}${lines('emerg', problem)}`,
    code: 1,
  });
});
