/** What less 590 showed for each row of keys on a terminal of its own, and what the lab's less shows. */
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { compareWithRecord, type Fixture, type Row } from '../../testing/recorded-screens.spec-support.ts';
import * as keys from './key-rows.spec-support.ts';
import * as first from './recorded-rows.spec-support.ts';

const FIXTURE: Fixture = {
  files: {
    f: 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
    long: Array.from({ length: 120 }, (_, at) => `line ${String(at + 1)}\n`).join(''),
    wide: `${'0123456789'.repeat(20)}\nshort\n${'한글 '.repeat(40)}\n\ttab\n${Array.from({ length: 30 }, (_, at) => `${String(at)} ${'abcdefghij'.repeat(12)}\n`).join('')}`,
    tabs: `a\tb\tc\n${'\tx'.repeat(14)}\n`,
    empty: '',
    colours: '\x1b[31mred\x1b[0m plain\nbell \x07 and \x01\n\x1b[1mbold\x1b[m\n',
    bare: 'no end\nof line',
  },
  readOnly: [],
  folders: ['dir'],
  env: {},
};

const RECORDS: readonly (readonly [record: string, rows: readonly Row[], known: readonly Row[]])[] = [
  ['less.jsonl', first.LESS_ROWS, first.KNOWN_DIFFERENCES],
  ['keys.jsonl', keys.KEY_ROWS, keys.KNOWN_DIFFERENCES],
];

test.each(RECORDS)(
  'what is typed into less: %s',
  async (name, rows, known) => {
    const lab = await LabTerminal.open('docker-1', 'docker-1');
    const record = path.join(import.meta.dirname, 'recorded', name);
    const { same, different } = await compareWithRecord(record, rows, FIXTURE, lab, known);
    expect(same.ours).toEqual(same.theirs);
    // A row that has become the same leaves the list.
    expect(different).toEqual(known);
  },
  600_000,
);
