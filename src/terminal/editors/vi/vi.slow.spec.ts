import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('a session in vi: Hangul, a selection, numbers, a substitution, refusing to leave, saving', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('vi 한.yaml\r');
  expect((await lab.screen()).slice(0, 2)).toEqual(['', '~']);
  expect((await lab.screen()).at(-1)).toMatch(/^"한\.yaml" \[New\] +0,0-1 +All$/);
  await lab.keys('i', '이름: web', '\r', 'port: 80', '\x1b', 'y', 'y', 'p', '.');
  expect((await lab.screen()).slice(0, 4)).toEqual(['이름: web', 'port: 80', 'port: 80', 'port: 80']);
  await lab.keys('g', 'g', 'V', 'j');
  expect((await lab.screen()).at(-1)).toMatch(/^-- VISUAL LINE -- +2 +2,1 +All$/);
  await lab.keys('\x1b', ':set nu\r', ':%s/80/90/\r');
  expect((await lab.screen()).slice(0, 5)).toEqual([
    '  1 이름: web',
    '  2 port: 90',
    '  3 port: 90',
    '  4 port: 90',
    '~',
  ]);
  expect((await lab.screen()).at(-1)).toMatch(/^3 substitutions on 3 lines +4,1 +All$/);
  await lab.keys(':q\r');
  expect((await lab.screen()).at(-1)).toContain('E37: No write since last change (add ! to override)');
  await lab.keys(':wq\r');
  lab.printed();
  await lab.type('cat 한.yaml\r');
  expect(lab.printed()).toContain('이름: web\r\nport: 90\r\nport: 90\r\nport: 90\r\n');
}, 60_000);
