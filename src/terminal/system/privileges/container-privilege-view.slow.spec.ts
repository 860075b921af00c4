/** What a container sees of the host: masked and read-only paths, devices, other processes (runc 1.2, docker 28). */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('for image in ubuntu:24.04 busybox; do docker pull -q $image; done');
  await lab.run('docker run -d --name user --user 5 busybox sleep 100000');
});

const told = async (script: string): Promise<string> => (await lab.run(`{ ${script}; } 2>&1`)).stdout;

test.for([
  [
    'masked files are /dev/null',
    "busybox sh -c 'cat /proc/kcore /proc/keys; test -c /proc/kcore && echo device'",
    'device\n',
  ],
  ['masked directories are empty', 'busybox ls -A /proc/acpi /sys/firmware', '/proc/acpi:\n\n/sys/firmware:\n'],
  ['and cannot be written', 'busybox touch /proc/acpi/x', 'touch: /proc/acpi/x: Read-only file system\n'],
  [
    'nobody asks the kernel for a reboot',
    "busybox sh -c 'echo b > /proc/sysrq-trigger'",
    "sh: can't create /proc/sysrq-trigger: Read-only file system\n",
  ],
  ['no kernel memory is read on the host', 'host cat /proc/kcore', 'cat: /proc/kcore: Operation not permitted\n'],
  [
    'a disk’s device can be made, not opened',
    "ubuntu:24.04 sh -c 'mknod /tmp/s b 8 0 && head -c 1 /tmp/s'",
    "head: cannot open '/tmp/s' for reading: Operation not permitted\n",
  ],
  [
    'nor the kernel’s log',
    "ubuntu:24.04 sh -c 'mknod /tmp/k c 1 11 && cat /tmp/k'",
    'cat: /tmp/k: Operation not permitted\n',
  ],
  ['another null device works', "ubuntu:24.04 sh -c 'mknod /tmp/n c 1 3 && cat /tmp/n && echo read'", 'read\n'],
  ['no disk is in /dev', 'busybox ls /dev/sda', 'ls: /dev/sda: No such file or directory\n'],
  ['but in a privileged one', '--privileged busybox ls -l /dev/sda | cut -c 1-30', 'brw-rw----    1 root     disk \n'],
  [
    'which only root may read',
    '--privileged --user 5 busybox head -c 1 /dev/sda',
    'head: /dev/sda: Permission denied\n',
  ],
  ['numbers start at the container’s namespace', 'busybox grep NSpid /proc/self/status', 'NSpid:\t1\n'],
  ['calls are filtered', 'busybox grep Seccomp /proc/self/status', 'Seccomp:\t2\nSeccomp_filters:\t1\n'],
  [
    'unless that is turned off',
    '--security-opt seccomp=unconfined busybox grep Seccomp: /proc/self/status',
    'Seccomp:\t0\n',
  ],
  ['or all is allowed', '--privileged busybox grep Seccomp: /proc/self/status', 'Seccomp:\t0\n'],
  ['the host’s init shows its name', '--pid=host busybox head -n 1 /proc/1/status', 'Name:\tsystemd\n'],
  [
    'but not its environment',
    '--pid=host busybox cat /proc/1/environ',
    "cat: can't open '/proc/1/environ': Permission denied\n",
  ],
  ['nor its root', '--pid=host busybox ls /proc/1/root', 'ls: /proc/1/root: Permission denied\n'],
  [
    'nor its descriptors to a user',
    '--pid=host --user 5 busybox ls /proc/1/fd',
    "ls: can't open '/proc/1/fd': Permission denied\n",
  ],
  ['nor its program', '--pid=host busybox readlink /proc/1/exe', ''],
  ['a privileged one sees it', '--pid=host --privileged busybox readlink /proc/1/exe', '/usr/lib/systemd/systemd\n'],
  [
    'so does one with SYS_PTRACE',
    '--pid=host --cap-add SYS_PTRACE busybox readlink /proc/1/exe',
    '/usr/lib/systemd/systemd\n',
  ],
  [
    'a user cannot end what is root’s',
    "--pid=host --user 5 busybox sh -c 'kill -9 1'",
    'sh: kill: (1) - Operation not permitted\n',
  ],
  ['/proc as docker mounts it', 'busybox grep -E " /(proc|sys|dev)" /proc/mounts', mountTable()],
] as const)('%s', async ([, command, text]) => {
  const host = command.startsWith('host ');
  expect(await told(host ? command.slice('host '.length) : `docker run --rm ${command}`)).toBe(text);
});

function mountTable(): string {
  const sealed = 'ro,nosuid,nodev,noexec,relatime 0 0';
  return [
    'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
    'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
    'mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime 0 0',
    `sysfs /sys sysfs ${sealed}`,
    `cgroup /sys/fs/cgroup cgroup2 ${sealed}`,
    ...['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map((name) => `proc /proc/${name} proc ${sealed}`),
    'tmpfs /proc/acpi tmpfs ro,relatime 0 0',
    'tmpfs /proc/kcore tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'tmpfs /proc/keys tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'tmpfs /sys/firmware tmpfs ro,relatime 0 0',
    'shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0',
    '',
  ].join('\n');
}

const NONE = '0000000000000000';
test.for([
  ['', `CapEff:\t${NONE}\nCapBnd:\t00000000a80425fb\nSeccomp:\t2\n`],
  ['-u 0', 'CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nSeccomp:\t2\n'],
  ['--privileged', `CapEff:\t${NONE}\nCapBnd:\t000001ffffffffff\nSeccomp:\t2\n`],
  ['--privileged -u 0', 'CapEff:\t000001ffffffffff\nCapBnd:\t000001ffffffffff\nSeccomp:\t2\n'],
])('docker exec %s has these capabilities', async ([options, text]) => {
  expect(await told(`docker exec ${options ?? ''} user grep -E "Cap(Eff|Bnd)|Seccomp:" /proc/self/status`)).toBe(text);
});

test('the filter that a container began with holds for a privileged exec', async () => {
  expect(await told('docker exec --privileged -u 0 user hostname other')).toBe(
    'hostname: sethostname: Operation not permitted\n',
  );
});
