/** What bind prints: `recorded/bind.sh` sourced by bash 5.2 at a terminal printed `recorded/bind.txt`. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

const recorded = (name: string): string => readFileSync(path.join(import.meta.dirname, 'recorded', name), 'utf8');

test('bind lists and changes keys and variables as the real one', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type(`cat > /tmp/bind.sh <<'END'\r${recorded('bind.sh').replace(/\n/g, '\r')}END\r`);
  await lab.type('INPUTRC=/dev/null bash --norc --noprofile\r');
  await lab.type('. /tmp/bind.sh > /tmp/bind.out 2>&1; exit\r', 1);
  lab.printed();
  await lab.type('cat /tmp/bind.out; echo THE END\r', 1);
  const printed = lab
    .printed()
    .replace(/\r/g, '')
    .replace(/\x1b\[[?0-9;]*[a-zA-Z]/g, '');
  const [, text] = /THE END\n([\s\S]*)THE END/.exec(printed) ?? [];
  expect(text).toBe(recorded('bind.txt'));
});
