/** What the users of a container may and may not do (docker 28, containerd 2). */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('docker pull -q ubuntu:24.04; docker pull -q busybox');
});

const caps = 'grep -E "Cap(Eff|Bnd)|NoNew" /proc/self/status';
test.for([
  {
    given: 'nothing',
    command: `docker run --rm ubuntu:24.04 bash -c '${caps}'`,
    stdout: 'CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nNoNewPrivs:\t0\n',
  },
  {
    given: 'another user',
    command: `docker run --rm --user 1000 --cap-add NET_ADMIN ubuntu:24.04 bash -c '${caps}'`,
    stdout: 'CapEff:\t0000000000000000\nCapBnd:\t00000000a80435fb\nNoNewPrivs:\t0\n',
  },
  {
    given: 'all but one dropped',
    command: `docker run --rm --cap-drop ALL --cap-add CHOWN ubuntu:24.04 bash -c '${caps}'`,
    stdout: 'CapEff:\t0000000000000001\nCapBnd:\t0000000000000001\nNoNewPrivs:\t0\n',
  },
  {
    given: '--privileged',
    command: `docker run --rm --privileged ubuntu:24.04 bash -c '${caps}; echo 1 > /proc/sys/net/ipv4/ip_forward && echo written'`,
    stdout: 'CapEff:\t000001ffffffffff\nCapBnd:\t000001ffffffffff\nNoNewPrivs:\t0\nwritten\n',
  },
  {
    given: 'no-new-privileges',
    command: `docker run --rm --security-opt no-new-privileges ubuntu:24.04 bash -c '${caps}'`,
    stdout: 'CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nNoNewPrivs:\t1\n',
  },
])('with $given a container has these capabilities', async ({ command, stdout }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr: '', code: 0 });
});

test.for([
  ['echo 1 > /proc/sys/net/ipv4/ip_forward', 'bash: line 1: /proc/sys/net/ipv4/ip_forward: Read-only file system\n'],
  [
    'mount -t tmpfs x /mnt',
    'mount: /mnt: permission denied.\n       dmesg(1) may have more information after failed mount system call.\n',
  ],
  ['umount /proc', 'umount: /proc: must be superuser to unmount.\n'],
  ['hostname other', 'hostname: you must be root to change the host name\n'],
  ['su nobody -s /bin/bash -c "kill -9 1" || exit 1', 'bash: line 1: kill: (1) - Operation not permitted\n'],
  ['su nobody -s /bin/sh -c "touch /etc/x"', "touch: cannot touch '/etc/x': Permission denied\n"],
] as const)('root of a container is refused %s', async ([command, stderr]) => {
  const refused = await lab.run(`docker run --rm ubuntu:24.04 bash -c '${command}'`);
  expect({ stderr: refused.stderr, failed: refused.code !== 0 }).toEqual({ stderr, failed: true });
});

test('a set-user-id program knows who called it, even a user without an account', async () => {
  const script = 'docker run --rm --user 1000 ubuntu:24.04 bash -c "mount -t tmpfs x /mnt; passwd -S root"';
  expect((await lab.run(script)).stderr).toBe(
    'mount: /mnt: must be superuser to use mount.\npasswd: You may not view or modify password information for root.\n',
  );
});

test('a user of a container may bind any port and ping', async () => {
  const script =
    'docker run --rm --user 1000 busybox cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range';
  expect((await lab.run(script)).stdout).toBe('0\n0\t2147483647\n');
  const back = await lab.run(
    'docker run --rm --sysctl net.ipv4.ip_unprivileged_port_start=1024 busybox cat /proc/sys/net/ipv4/ip_unprivileged_port_start',
  );
  expect(back.stdout).toBe('1024\n');
});
