/** What Debian's vim 9 showed for each row of keys on a terminal of its own, and what vi shows. */
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { compareWithRecord, type Fixture } from '../../testing/recorded-screens.spec-support.ts';
import { KNOWN_DIFFERENCES, VIM_ROWS } from './recorded-rows.spec-support.ts';

const FIXTURE: Fixture = {
  files: {
    f: 'alpha beta gamma\n\tindented line\nkey: "value one" # c\nfoo(bar, baz)\n\nlast 한글 word\nend\n',
    g: 'other file\nsecond line\n',
    code: 'int main(void) {\n\tif (a[1] == 2) {\n\t\treturn f("x y", \'z\');\n\t}\n}\n\nCount 7 -3 0x0f 099 done.\nOne two.  Three four! Five\nsix <b>bold</b> end\n',
    long: Array.from({ length: 120 }, (_, at) => `line ${String(at + 1)}\n`).join(''),
    wide: `${'0123456789'.repeat(20)}\nshort\n${'한글 '.repeat(40)}\n\ttab\n`,
    dos: 'one\r\ntwo\r\n',
    bare: 'no end\nof line',
    nums: '10 pear\n9 apple\n9 apple\n30 fig\n',
  },
  readOnly: [],
  folders: ['dir'],
  env: { EXINIT: '' },
  plain: (line) => line.replace(/\d\d:\d\d:\d\d|\b\d seconds? ago/g, 'TIME'),
};

test('what is typed into vim and into vi', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const record = path.join(import.meta.dirname, 'recorded/vim.jsonl');
  const { same, different } = await compareWithRecord(record, VIM_ROWS, FIXTURE, lab, KNOWN_DIFFERENCES);
  expect(same.ours).toEqual(same.theirs);
  // A row that has become the same leaves the list.
  expect(different).toEqual(KNOWN_DIFFERENCES);
}, 600_000);
