/** wall, write and mesg between two terminals of a host; the texts are util-linux' own, recorded. */
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const BLANK = `${' '.repeat(79)}\n`;
const message = (from: string): string => `\n\u0007\u0007\u0007Message from ${from} on pts/0 at 00:00 ...\n`;

let lab: LabTerminal;
let seen = '';
beforeAll(async () => {
  lab = await LabTerminal.open('docker-1', 'docker-1');
  lab.sandbox.listen((output) => {
    if (output.type === 'terminal.output' && output.terminal === 'other') seen += decodeUtf8(output.bytes);
  });
});
beforeEach(async () => {
  lab.sandbox.apply({ type: 'terminal.open', terminal: 'other', host: 'docker-1', size: { columns: 80, rows: 24 } });
  await lab.pass(1);
  seen = '';
});
afterEach(async () => {
  lab.sandbox.apply({ type: 'terminal.close', terminal: 'other' });
  await lab.pass(1);
});

const banner = (line: string): string =>
  `${BLANK}${line.replace(/ \(... ... .*\):/, ' (DATE):')}\u0007\u0007\n${BLANK}`;
/** The date of a banner is another each time. */
const undated = (text: string): string => text.replace(/ \((?:Mon|Tue) \w+ +\d+ [\d:]+ 2026\): */, ' (DATE):');

test.for([
  {
    typed: ['wall hello there\n'],
    shown: `${banner('Broadcast message from root@docker-1 (pts/0) (DATE):')}hello there\n${BLANK}`,
  },
  { typed: ['wall -n quiet\n'], shown: `${BLANK}quiet\n${BLANK}` },
  { typed: ['wall -n -g root to us\n'], shown: `${BLANK}to us\n${BLANK}` },
  { typed: ['wall -n -g daemon not to us\n'], shown: '' },
  { typed: ['echo from a file >f; wall -n f\n'], shown: `${BLANK}from a file${' '.repeat(68)}\n${BLANK}` },
  {
    typed: ['write root\n', 'hi\n', 'there\u0001\n', '\u0004'],
    shown: `${message('root@docker-1')}hi\nthere^A\nEOF\n`,
  },
  { typed: ['write root pts/1\n', 'hi\n', '\u0003'], shown: `${message('root@docker-1')}hi\nEOF\n` },
  {
    typed: ['sudo -u ubuntu write root pts/1\n'],
    shown: '',
    said: 'write: effective gid does not match group of /dev/pts/0',
  },
  {
    typed: ['mesg y; chgrp ubuntu /dev/pts/*; sudo -u ubuntu write root pts/1\n'],
    shown: '',
    said: 'write: root has messages disabled on pts/1',
  },
  {
    typed: [
      'mesg y; chgrp ubuntu /dev/pts/*; chmod g+w /dev/pts/1; sudo -u ubuntu write root pts/1\n',
      'hi\n',
      '\u0004',
    ],
    shown: `${message('root@docker-1 (as ubuntu)')}hi\nEOF\n`,
  },
  {
    typed: ['mesg n; chgrp ubuntu $(tty); sudo -u ubuntu write root pts/1\n'],
    shown: '',
    said: 'write: you have write permission turned off',
  },
  { typed: ['write root pts/0\n', 'x\n', '\u0004'], shown: '', said: 'x\nx\nEOF' },
])('$typed', async ({ typed, shown, said }) => {
  lab.printed();
  for (const text of typed) await lab.type(text);
  expect(undated(seen.replaceAll('\r', ''))).toBe(shown);
  if (said !== undefined) expect(lab.printed().replaceAll('\r', '')).toContain(said);
  await lab.reopen();
});

test('a terminal that is stopped gets its message when it goes on', async () => {
  lab.sandbox.apply({ type: 'terminal.type', terminal: 'other', text: 'cat\n' });
  await lab.pass(1);
  lab.sandbox.apply({ type: 'terminal.type', terminal: 'other', text: '\u0013' });
  seen = '';
  expect(await lab.run('wall -n later; echo $?')).toContain('0');
  expect(seen).toBe('');
  lab.sandbox.apply({ type: 'terminal.type', terminal: 'other', text: '\u0011' });
  await lab.pass(1);
  expect(seen.replaceAll('\r', '')).toBe(`${BLANK}later\n${BLANK}`);
});

test('mesg, who -T and the mode of the terminal agree; root begins with mesg n', async () => {
  expect((await lab.run('mesg; mesg y; mesg; stat -c %a $(tty); who -T')).map((line) => line.slice(0, 11))).toEqual([
    'is n',
    'is y',
    '620',
    'root     + ',
    'root     - ',
  ]);
});
