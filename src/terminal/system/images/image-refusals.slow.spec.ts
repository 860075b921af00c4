/**
 * What somebody who is not root is refused in containers of alpine and nginx, with the status, and who may bind to low ports and ping.
 * Recorded without capabilities as nobody: busybox 1.35, Debian 12's coreutils, util-linux, bash, dash and apt.
 */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('for image in alpine nginx busybox; do docker pull -q $image; done');
});

/** Both streams and the status. */
const told = async (options: string, command: string): Promise<string> => {
  const quoted = command.replaceAll("'", String.raw`'\''`);
  const { stdout, code } = await lab.run(`docker run --rm ${options} sh -c 'exec 2>&1; ${quoted}'`);
  return `${stdout}${String(code)}`;
};

const EPERM = 'Operation not permitted';
const EACCES = 'Permission denied';

test.for([
  ['chown 0 /tmp', `chown: /tmp: ${EPERM}`, 1],
  ['mount -t tmpfs x /mnt', 'mount: permission denied (are you root?)', 1],
  ['umount /proc', `umount: can't unmount /proc: ${EPERM}`, 1],
  ['sysctl -w net.ipv4.ip_forward=1', `sysctl: error setting key 'net.ipv4.ip_forward': ${EACCES}`, 1],
  ['hostname x', `hostname: sethostname: ${EPERM}`, 1],
  ['date -s 2020-01-01', `date: can't set date: ${EPERM}\nWed Jan  1 00:00:00 UTC 2020`, 0],
  ['dmesg', `dmesg: klogctl: ${EPERM}`, 1],
  ['mknod /tmp/x c 1 3', `mknod: /tmp/x: ${EPERM}`, 1],
  ['mkfifo /x', `mkfifo: /x: ${EACCES}`, 1],
  ['chroot / id', `chroot: can't change root directory to '/': ${EPERM}`, 1],
  ['renice -n -5 $$', `renice: setpriority: ${EACCES}`, 1],
  ['ulimit -n 2000000', `sh: error setting limit: ${EPERM}`, 1],
  ['iptables -L', 'sh: iptables: not found', 127],
  ['modprobe x', "modprobe: can't change directory to '/lib/modules': No such file or directory", 1],
  ['traceroute 127.0.0.1', `traceroute: socket: ${EPERM}`, 1],
  ['ip link set lo down', `ip: SIOCSIFFLAGS: ${EPERM}`, 2],
  ['ip link set lo mtu 100', `ip: SIOCSIFMTU: ${EPERM}`, 2],
  ['ip addr add 10.0.0.1/8 dev lo', `ip: RTNETLINK answers: ${EPERM}`, 2],
  ['ip route add default via 1.2.3.4', `ip: RTNETLINK answers: ${EPERM}`, 2],
  ['ifconfig lo down', `ifconfig: SIOCSIFFLAGS: ${EPERM}`, 1],
  ['ifconfig lo 1.2.3.4', `ifconfig: SIOCSIFADDR: ${EPERM}`, 1],
  ['route add default gw 1.2.3.4', `route: SIOCADDRT: ${EPERM}`, 1],
  ['arp -s 1.2.3.4 00:11:22:33:44:55', `arp: SIOCSARP: ${EPERM}`, 1],
  ['su', 'su: must be suid to work properly', 1],
  ['su -c id nobody', 'su: must be suid to work properly', 1],
  ['passwd', 'passwd: must be suid to work properly', 1],
  ['login', 'login: must be suid to work properly', 1],
  ['cd /root', `sh: cd: line 0: can't cd to /root: ${EACCES}`, 2],
  ['/etc/passwd', `sh: /etc/passwd: ${EACCES}`, 126],
  ['echo x > /etc/passwd', `sh: can't create /etc/passwd: ${EACCES}`, 1],
  ['touch /etc/passwd', `touch: /etc/passwd: ${EACCES}`, 1],
  ['truncate -s 0 /etc/passwd', `truncate: /etc/passwd: open: ${EACCES}`, 1],
  ['head /etc/shadow', `head: /etc/shadow: ${EACCES}`, 1],
  ['tail /etc/shadow', `tail: can't open '/etc/shadow': ${EACCES}\ntail: no files`, 1],
  ['grep x /etc/shadow', `grep: /etc/shadow: ${EACCES}`, 2],
  ['find /root -name x', `find: /root: ${EACCES}`, 1],
  ['du /root', `du: can't open '/root': ${EACCES}`, 1],
  ['md5sum /etc/shadow', `md5sum: can't open '/etc/shadow': ${EACCES}`, 1],
  ['sort /etc/shadow', `sort: /etc/shadow: ${EACCES}`, 2],
  ['rmdir /home', `rmdir: '/home': ${EACCES}`, 1],
] as const)('alpine refuses %s', async ([command, text, code]) => {
  expect(await told('--user 65534:65534 alpine', `${command} < /dev/null`)).toBe(`${text}\n${String(code)}`);
});

test.for([
  ['cat /etc/shadow', `cat: /etc/shadow: ${EACCES}`, 1],
  ['grep x /etc/shadow', `grep: /etc/shadow: ${EACCES}`, 2],
  ['head /etc/shadow', `head: cannot open '/etc/shadow' for reading: ${EACCES}`, 1],
  ['dd if=/etc/shadow', `dd: failed to open '/etc/shadow': ${EACCES}`, 1],
  ['find /root -name x', `find: '/root': ${EACCES}`, 1],
  ['rmdir /home', `rmdir: failed to remove '/home': ${EACCES}`, 1],
  ['mkfifo /x', `mkfifo: cannot create fifo '/x': ${EACCES}`, 1],
  ['install /etc/passwd /x', `install: cannot create regular file '/x': ${EACCES}`, 1],
  ['truncate -s 0 /etc/passwd', `truncate: cannot open '/etc/passwd' for writing: ${EACCES}`, 1],
  ['touch /etc/passwd', `touch: cannot touch '/etc/passwd': ${EACCES}`, 1],
  [
    'tar cf /tmp/zz.tar /etc/shadow',
    `tar: Removing leading \`/' from member names\ntar: /etc/shadow: Cannot open: ${EACCES}\ntar: Exiting with failure status due to previous errors`,
    2,
  ],
  ['echo x > /usr/share/nginx/html/index.html', `sh: 1: cannot create /usr/share/nginx/html/index.html: ${EACCES}`, 2],
  ["bash -c 'cd /root'", `bash: line 1: cd: /root: ${EACCES}`, 1],
  ["bash -c 'ulimit -n 2000000'", `bash: line 1: ulimit: open files: cannot modify limit: ${EPERM}`, 1],
  [
    "bash -c 'ulimit -Hn 10; ulimit -n 20'",
    'bash: line 1: ulimit: open files: cannot modify limit: Invalid argument',
    0,
  ],
  ['date -s 2020-01-01', `date: cannot set date: ${EPERM}\nWed Jan  1 00:00:00 UTC 2020`, 1],
  ['hostname x', 'hostname: you must be root to change the host name', 1],
  ['chroot / id', `chroot: cannot change root directory to '/': ${EPERM}`, 125],
  ['dmesg', `dmesg: read kernel buffer failed: ${EPERM}`, 1],
  ['unshare -m id', `unshare: unshare failed: ${EPERM}`, 1],
  ['groupadd x', `groupadd: ${EACCES}.\ngroupadd: cannot lock /etc/group; try again later.`, 10],
  ['useradd x', `useradd: ${EACCES}.\nuseradd: cannot lock /etc/passwd; try again later.`, 1],
  [
    'apt-get update',
    `Reading package lists...\nE: List directory /var/lib/apt/lists/partial is missing. - Acquire (13: ${EACCES})`,
    100,
  ],
  [
    'apt-get check',
    `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: ${EACCES})\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?`,
    100,
  ],
  [
    'apt-get clean',
    `E: Could not open lock file /var/cache/apt/archives/lock - open (13: ${EACCES})\nE: Unable to lock directory /var/cache/apt/archives/\nE: Could not open lock file /var/lib/apt/lists/lock - open (13: ${EACCES})\nE: Unable to lock directory /var/lib/apt/lists/`,
    100,
  ],
] as const)('nginx refuses %s', async ([command, text, code]) => {
  const options = '--user 65534:65534 --entrypoint "" nginx';
  expect(await told(options, `${command} < /dev/null`)).toBe(`${text}\n${String(code)}`);
});

const LISTEN = 'timeout 1 nc -l -p 80';
const DENIED = `nc: bind: ${EACCES}\n1`;
const TIMED_OUT = /^(Terminated\n)?(124|143)$/;
const FROM_1024 = '--sysctl net.ipv4.ip_unprivileged_port_start=1024';
test.for([
  ['a user binds to port 80', '--user 5', TIMED_OUT],
  ['not where ports begin at 1024', `--user 5 ${FROM_1024}`, DENIED],
  ['nor with a capability that a user does not get', `--user 5 ${FROM_1024} --cap-add NET_BIND_SERVICE`, DENIED],
  ['root does', FROM_1024, TIMED_OUT],
  ['not without NET_BIND_SERVICE', `${FROM_1024} --cap-drop NET_BIND_SERVICE`, DENIED],
  ['nor without any', `${FROM_1024} --cap-drop ALL`, DENIED],
] as const)('%s', async ([, options, answer]) => {
  expect(await told(`${options} busybox`, LISTEN)).toEqual(
    typeof answer === 'string' ? answer : expect.stringMatching(answer),
  );
});

const PING = 'ping -c 1 127.0.0.1 | tail -n 3';
test.for([
  ['a user pings', '--user 5', '1 packets transmitted, 1 packets received, 0% packet loss'],
  ['root without NET_RAW too', '--cap-drop ALL', '1 packets transmitted, 1 packets received, 0% packet loss'],
] as const)('%s', async ([, options, answer]) => {
  expect(await told(`${options} alpine`, PING)).toContain(answer);
});
