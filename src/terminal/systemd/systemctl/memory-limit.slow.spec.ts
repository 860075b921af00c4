/** A unit's memory limit, from its file and from set-property, as its cgroup has it. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('MemoryMax= is shown in bytes, and in the status with what it leaves', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped(
    'printf "[Service]\\nExecStart=/usr/bin/sleep 1000\\nMemoryMax=64M\\n" > /etc/systemd/system/a.service; systemctl daemon-reload; systemctl start a',
  );
  expect(
    await lab.runPiped(
      'systemctl show a ssh -p MemoryMax; systemctl status a | grep Memory; systemctl set-property a MemoryMax=32M; systemctl show a -p MemoryMax; cat /sys/fs/cgroup/system.slice/a.service/memory.max',
    ),
  ).toEqual([
    'MemoryMax=67108864',
    '',
    'MemoryMax=infinity',
    '     Memory: 1.1M (max: 64.0M available: 62.8M peak: 1.1M)',
    'MemoryMax=33554432',
    '33554432',
  ]);
});
