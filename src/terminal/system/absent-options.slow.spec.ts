/** Options and keywords that real programs have and these have not: refused by name, never taken in silence. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

const lab = await LabScripts.open('docker-1');

test.for([
  { command: 'dmesg -n 1', refused: 'dmesg -n' },
  { command: 'dmesg -F log', refused: 'dmesg -F' },
  { command: 'lsblk -t', refused: 'lsblk -t' },
  { command: 'findmnt -i', refused: 'findmnt -i' },
  { command: 'modprobe -C f dummy', refused: 'modprobe -C' },
  { command: 'mount -s', refused: 'mount -s' },
  { command: 'useradd --root /x y', refused: 'useradd -R' },
  { command: 'ionice -c 3 true', refused: 'ionice -c' },
  { command: 'swapon -p 3 /swap', refused: 'swapon -p' },
  { command: 'nsenter -t 1 -Z', refused: 'nsenter -Z' },
  { command: 'su -P root', refused: 'su -P' },
  { command: 'runuser -u root -P id', refused: 'runuser -P' },
])('$command', async ({ command, refused }) => {
  expect(await lab.run(command)).toEqual({
    stdout: '',
    stderr: `drydock: '${refused}' is not simulated\n`,
    code: 1,
  });
});

test.for(['ControlMaster=auto', 'ForwardAgent=yes'])('ssh -o %s', async (setting) => {
  expect(await lab.run(`ssh -o ${setting} localhost true`)).toEqual({
    stdout: '',
    stderr: `drydock: 'ssh -o ${setting}' is not simulated\r\n`,
    code: 255,
  });
});
