import { expect, test } from 'vitest';
import { openFileSequence } from '../../protocol/terminal-sequences.ts';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

test('code asks the page to open files, and says what it cannot', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('cd /tmp; touch a.yaml\r');
  lab.printed();
  await lab.type('code a.yaml ../etc/hostname\r');
  expect(lab.printed()).toContain(
    openFileSequence('docker-1', '/tmp/a.yaml') + openFileSequence('docker-1', '/etc/hostname'),
  );
  await lab.type('clear; code /tmp; code -d a b; code a.yaml | cat; echo $?\r');
  expect((await lab.screen()).slice(0, 4)).toEqual([
    'code: /tmp: a folder cannot be opened here',
    "drydock: 'code -d' is not simulated",
    'code: no editor is near: standard output is not a terminal',
    '0',
  ]);
});
