import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('a session in nano: text with Hangul, cut and paste, search, replace, save, leave', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('nano 한.txt\r');
  expect((await lab.screen())[0]?.trimEnd()).toMatch(/^ {2}GNU nano 7\.2 +한\.txt$/);
  expect((await lab.screen()).at(-3)).toContain('[ New File ]');
  await lab.keys('한국어 one', '\r', 'two', '\r', 'three one', '\x1b[A', '\x1b[H', '\x0b', '\x1b[B', '\x15');
  expect((await lab.screen()).slice(1, 5)).toEqual(['한국어 one', 'three one', 'two', '']);
  expect((await lab.screen())[0]?.trimEnd()).toMatch(/한\.txt +Modified$/);
  await lab.keys('\x17', 'one', '\r');
  expect((await lab.screen()).at(-3)).toContain('Search Wrapped');
  await lab.keys('\x03');
  expect((await lab.screen()).at(-3)).toContain('line  1/4');
  await lab.keys('\x1c', 'one', '\r', '1', '\r', 'a');
  expect((await lab.screen()).at(-3)).toContain('[ Replaced 2 occurrences ]');
  await lab.keys('\x1b[A', '\x1b[H', '\x1b[C', '\x7f');
  expect((await lab.screen())[1]).toBe('국어 1');
  await lab.keys('\x18');
  expect((await lab.screen()).at(-3)?.trimEnd()).toBe('Save modified buffer?');
  await lab.keys('y', '\r');
  lab.printed();
  await lab.type('cat 한.txt; nano -v 한.txt < /dev/null; echo $?\r');
  expect(lab.printed()).toContain('국어 1\r\nthree 1\r\ntwo\r\nStandard input is not a terminal\r\n1\r\n');
}, 60_000);

test('nano goes on after a restore', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('nano /nowhere/x\r');
  expect((await lab.screen()).at(-3)).toContain("[ Directory '/nowhere' does not exist ]");
  await lab.keys('abc', '\x0f', '\r');
  expect((await lab.screen()).at(-3)).toContain('[ Error writing /nowhere/x: No such file or directory ]');
  expect(lab.sandbox.unsaveable()).toEqual([]);
  await lab.keys('\x18', 'n');
  lab.printed();
  await lab.type('seq 100 | less\r');
  expect((await lab.screen())[0]).toBe('1');
  await lab.keys(' ', '/', '9', '0', '\r', 'q');
  await lab.type('less /etc/hostname\r');
  expect((await lab.screen()).at(-1)).toBe('/etc/hostname (END)');
  await lab.keys('q');
}, 60_000);
