/** What nano 7.2 showed for each row of keys on a terminal of its own, and what the lab's nano shows. */
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { compareWithRecord, type Fixture } from '../../testing/recorded-screens.spec-support.ts';
import { KNOWN_DIFFERENCES, NANO_ROWS } from './recorded-rows.spec-support.ts';

const FIXTURE: Fixture = {
  files: {
    f: 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
    g: 'other file\nsecond line\n',
    long: Array.from({ length: 120 }, (_, at) => `line ${String(at + 1)}\n`).join(''),
    wide: `${'0123456789'.repeat(20)}\nshort\n${'한글 '.repeat(40)}\n\ttab\n`,
    dos: 'one\r\ntwo\r\n',
    bare: 'no end\nof line',
    para: 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen\nfifteen sixteen\n\nnext paragraph\n',
  },
  readOnly: [],
  folders: ['dir'],
  env: {},
};

test('what is typed into nano', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const record = path.join(import.meta.dirname, 'recorded/nano.jsonl');
  const { same, different } = await compareWithRecord(record, NANO_ROWS, FIXTURE, lab, KNOWN_DIFFERENCES);
  expect(same.ours).toEqual(same.theirs);
  // A row that has become the same leaves the list.
  expect(different).toEqual(KNOWN_DIFFERENCES);
}, 600_000);
