/** unshare, nsenter and lsns on a live host, whole outputs. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

/** Both streams as lines. */
async function lines(lab: LabScripts, script: string): Promise<readonly string[]> {
  return (await lab.run(`exec 2>&1; ${script}`)).stdout.split('\n').slice(0, -1);
}

test('inside new namespaces a shell sees its own processes, links, mounts and name', async () => {
  const lab = await LabScripts.open('docker-1');
  const inside =
    'echo $$; hostname box; hostname; ip -br link; ps -o pid,comm; mount -t tmpfs none /mnt; findmnt -n /mnt';
  expect(
    await lines(lab, `unshare -fpnmu --mount-proc bash -c '${inside}'; hostname; findmnt -n /mnt; echo $?`),
  ).toEqual([
    '1',
    'box',
    'lo               DOWN           00:00:00:00:00:00 <LOOPBACK> ',
    '    PID COMMAND',
    '      1 bash',
    '      5 ps',
    '/mnt   none   tmpfs  rw,relatime',
    'docker-1',
    '1',
  ]);
});

test('nsenter joins what a process is in', async () => {
  const lab = await LabScripts.open('docker-1');
  await lines(lab, 'docker run -d --name web --hostname web nginx');
  expect(
    await lines(
      lab,
      'P=$(docker inspect -f {{.State.Pid}} web); nsenter -t $P -u hostname; nsenter -t $P -n ip -br addr show eth0 | cut -d" " -f1; nsenter -t $P -m head -1 /etc/os-release; lsns -p $P -n -o TYPE | sort; nsenter -t 9999 -n ip a',
    ),
  ).toEqual([
    'web',
    'eth0@if4',
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
    'cgroup',
    'ipc',
    'mnt',
    'net',
    'pid',
    'user',
    'uts',
    'nsenter: cannot open /proc/9999/ns/net: No such file or directory',
  ]);
});
