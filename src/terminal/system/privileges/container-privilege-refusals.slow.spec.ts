/**
 * What a container's users are refused, and in which words. GNU and util-linux: coreutils 9.4, util-linux 2.39 (recorded in a
 * user namespace without the capability); busybox 1.35 recorded as nobody.
 */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('for image in ubuntu:24.04 busybox; do docker pull -q $image; done');
});

const told = async (options: string, command: string): Promise<string> =>
  (await lab.run(`docker run --rm ${options} ${command} 2>&1`)).stdout;

const EPERM = 'Operation not permitted';
const EACCES = 'Permission denied';

test.for([
  ['hostname x', 'hostname: you must be root to change the host name'],
  ['dmesg', `dmesg: read kernel buffer failed: ${EPERM}`],
  ['date -s 2020-01-01', `date: cannot set date: ${EPERM}\nWed Jan  1 00:00:00 UTC 2020`],
  [
    'mount -t tmpfs x /mnt',
    'mount: /mnt: permission denied.\n       dmesg(1) may have more information after failed mount system call.',
  ],
  ['umount /proc', 'umount: /proc: must be superuser to unmount.'],
  ['unshare -n id', `unshare: unshare failed: ${EPERM}`],
  ['unshare -Ur id', `unshare: unshare failed: ${EPERM}`],
  ['nsenter -t 1 -m id', `nsenter: reassociate to namespace 'ns/mnt' failed: ${EPERM}`],
  ['nsenter -t 1 -m -u id', `nsenter: reassociate to namespace 'ns/uts' failed: ${EPERM}`],
  ['nice -n -5 id -u', `nice: cannot set niceness: ${EACCES}\n0`],
  ['nice -n 5 nice', '5'],
  ['touch /sys/x', "touch: cannot touch '/sys/x': Read-only file system"],
  ['mkdir /sys/fs/cgroup/x', "mkdir: cannot create directory '/sys/fs/cgroup/x': Read-only file system"],
  ['chmod 777 /proc/sys', "chmod: changing permissions of '/proc/sys': Read-only file system"],
  ['rm /etc/hosts', "rm: cannot remove '/etc/hosts': Device or resource busy"],
  ['head -c 1 /dev/mem', "head: cannot open '/dev/mem' for reading: No such file or directory"],
] as const)('root of a container of ubuntu is refused %s', async ([command, text]) => {
  expect(await told('ubuntu:24.04', command)).toBe(`${text}\n`);
});

test.for([
  ['cat /etc/shadow', `cat: /etc/shadow: ${EACCES}`],
  ['chown 0 /tmp', `chown: changing ownership of '/tmp': ${EPERM}`],
  ['chgrp 0 /etc/passwd', `chgrp: changing group of '/etc/passwd': ${EPERM}`],
  ['chmod 777 /etc/passwd', `chmod: changing permissions of '/etc/passwd': ${EPERM}`],
  ['mknod /tmp/x c 1 3', `mknod: /tmp/x: ${EPERM}`],
  ['mkdir /x', `mkdir: cannot create directory '/x': ${EACCES}`],
  ['rm -f /etc/passwd', `rm: cannot remove '/etc/passwd': ${EACCES}`],
  ['ls /root', `ls: cannot open directory '/root': ${EACCES}`],
  ['mv /etc/passwd /tmp', `mv: cannot move '/etc/passwd' to '/tmp/passwd': ${EACCES}`],
  ['ln -s a /b', `ln: failed to create symbolic link '/b': ${EACCES}`],
  ['cp /etc/passwd /b', `cp: cannot create regular file '/b': ${EACCES}`],
  ['chroot / id', `chroot: cannot change root directory to '/': ${EPERM}`],
  ['mount -t tmpfs x /mnt', 'mount: /mnt: must be superuser to use mount.'],
  ['umount /proc', 'umount: /proc: must be superuser to unmount.'],
  ['hostname x', 'hostname: you must be root to change the host name'],
  ['sysctl -w kernel.shmmax=1', 'sysctl: permission denied on key "kernel.shmmax"'],
  ['unshare -Ur id', `unshare: unshare failed: ${EPERM}`],
  ['nice -n -5 id -u', `nice: cannot set niceness: ${EACCES}\n1000`],
  ['passwd -S root', 'passwd: You may not view or modify password information for root.'],
  ['chage -l root', `chage: ${EACCES}.`],
  ['useradd x', `useradd: ${EACCES}.\nuseradd: cannot lock /etc/passwd; try again later.`],
  ['tee /proc/sysrq-trigger', `tee: /proc/sysrq-trigger: ${EACCES}`],
  ['dpkg -r hostname', 'dpkg: error: requested operation requires superuser privilege'],
  [
    'apt-get install -y curl',
    `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: ${EACCES})\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?`,
  ],
] as const)('another user of a container of ubuntu is refused %s', async ([command, text]) => {
  expect(await told('--user 1000 ubuntu:24.04', `${command} < /dev/null`)).toBe(`${text}\n`);
});

test.for([
  ['hostname x', `hostname: sethostname: ${EPERM}`],
  ['mount -t tmpfs x /mnt', 'mount: permission denied (are you root?)'],
  ['umount /proc', `umount: can't unmount /proc: ${EPERM}`],
  ['dmesg', `dmesg: klogctl: ${EPERM}`],
  ['date -s 2020-01-01', `date: can't set date: ${EPERM}\nWed Jan  1 00:00:00 UTC 2020`],
  ['nice -n -5 id', `nice: setpriority(-5): ${EACCES}`],
  ['unshare -n id', `unshare: unshare(0x40000000): ${EPERM}`],
  ['sysctl -w kernel.shmmax=1', "sysctl: error setting key 'kernel.shmmax': Read-only file system"],
  ['ip link add d type dummy', `ip: RTNETLINK answers: ${EPERM}`],
] as const)('root of a container of busybox is refused %s', async ([command, text]) => {
  expect(await told('busybox', command)).toBe(`${text}\n`);
});

test.for([
  ['chown 0 /etc/passwd', `chown: /etc/passwd: ${EPERM}`],
  ['chgrp 0 /etc/passwd', `chgrp: /etc/passwd: ${EPERM}`],
  ['chmod 777 /etc/passwd', `chmod: /etc/passwd: ${EPERM}`],
  ['mv /etc/passwd /etc/x', `mv: can't rename '/etc/passwd': ${EACCES}`],
  ['ln -s a /b', `ln: /b: ${EACCES}`],
  ['cp /etc/passwd /b', `cp: can't create '/b': ${EACCES}`],
  ['rm -f /etc/passwd', `rm: can't remove '/etc/passwd': ${EACCES}`],
  ['mkdir /x', `mkdir: can't create directory '/x': ${EACCES}`],
  ['touch /a', `touch: /a: ${EACCES}`],
  ['mknod /a c 1 3', `mknod: /a: ${EPERM}`],
  ['cat /etc/shadow', `cat: can't open '/etc/shadow': ${EACCES}`],
  ['ls /root', `ls: can't open '/root': ${EACCES}`],
  ['chroot / id', `chroot: can't change root directory to '/': ${EPERM}`],
  ['tee /etc/passwd', `tee: /etc/passwd: ${EACCES}`],
  ['sysctl -w kernel.shmmax=1', `sysctl: error setting key 'kernel.shmmax': ${EACCES}`],
  ['whoami', 'whoami: unknown uid 4242'],
  ['id', 'uid=4242 gid=0(root) groups=0(root)'],
] as const)('a user of a container of busybox is refused %s', async ([command, text]) => {
  expect(await told('--user 4242 busybox', `${command} < /dev/null`)).toBe(`${text}\n`);
});
