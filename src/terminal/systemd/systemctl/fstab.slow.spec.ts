/** /etc/fstab, by hand and at the boot. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('what fstab lists is mounted by mount -a and at the boot; what fails is told', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run("mkdir /scratch /data; echo 'tmpfs /scratch tmpfs size=10m 0 0' >> /etc/fstab");
  await lab.run("echo '/dev/sdz1 /data ext4 defaults 0 2' >> /etc/fstab");
  expect(await lab.run('mount -a; echo $?; findmnt -n -o FSTYPE /scratch; mount -a; echo $?')).toEqual([
    'mount: /data: special device /dev/sdz1 does not exist.',
    '       dmesg(1) may have more information after failed mount system call.',
    '64',
    'tmpfs',
    'mount: /data: special device /dev/sdz1 does not exist.',
    '       dmesg(1) may have more information after failed mount system call.',
    '32',
  ]);
  await lab.run("sed -i '/sdz1/s/defaults/nofail/' /etc/fstab");
  await lab.type('reboot\n', 140);
  await lab.reopen();
  expect(await lab.run('findmnt -n -o FSTYPE /scratch; journalctl -b -o cat -u data.mount -u scratch.mount')).toEqual([
    'tmpfs',
    'Mounting scratch.mount - /scratch...',
    'Mounted scratch.mount - /scratch.',
    'Dependency failed for data.mount - /data.',
    "data.mount: Job data.mount/start failed with result 'dependency'.",
  ]);
});
