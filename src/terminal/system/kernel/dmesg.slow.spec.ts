/** The kernel's messages (util-linux 2.39): who reads them, how they are shown, that they are followed. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

const FIRST = 'Linux version 6.8.0-71-generic';
const lab = await LabScripts.open('docker-1');

test.for([
  { script: 'dmesg | head -n 1', stdout: `[    0.000000] ${FIRST}\n` },
  { script: 'dmesg -T | head -n 1', stdout: `[Mon Mar  2 00:00:00 2026] ${FIRST}\n` },
  { script: 'dmesg -tx | head -n 1', stdout: `kern  :info  : ${FIRST}\n` },
  { script: "echo '<3>late' > /dev/kmsg; dmesg -t -l err; dmesg -t --level=warn+ | tail -n 1", stdout: 'late\nlate\n' },
  { script: 'timeout 1 dmesg -tw | tail -n 1', stdout: 'late\n' },
  { script: '(dmesg -tW & sleep 1; echo news > /dev/kmsg; sleep 1; kill %1)', stdout: 'news\n' },
  { script: 'dmesg -C; dmesg; echo after > /dev/kmsg; dmesg -t', stdout: 'after\n' },
])('$script', async ({ script, stdout }) => {
  expect(await lab.run(script)).toMatchObject({ stdout, stderr: '' });
});

test('not for everybody', async () => {
  const refused = 'dmesg: read kernel buffer failed: Operation not permitted\n';
  expect(await lab.run('sudo -u nobody dmesg')).toEqual({ stdout: '', stderr: refused, code: 1 });
});
