/** The same keys typed to the machine's bash and to Drydock's leave the same line, with the cursor at the same place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';
import { real } from '../testing/real-bash.spec-support.ts';
import { RealTerminal, hasTerminals } from '../testing/real-terminal.spec-support.ts';

const HISTORY = ['ls -l /tmp', 'echo one two', "grep -r 'a b' /etc | sort", 'kubectl get pods', 'echo one two three'];
const SHOW = `bind -x '"\\C-o": printf "\\n[[%s||%s]]\\n" "\${READLINE_LINE:0:READLINE_POINT}" "\${READLINE_LINE:READLINE_POINT}"'`;
const START = `PS1='$ '; stty -ixon; ${SHOW}`;

const ROWS = [
  'abc\x1b[D\x1b[DX',
  'one two three\x01\x06\x06Y\x02Z\x05!',
  'one two\x17three',
  'one two\x17\x17x\x19\x19',
  'one two three\x01\x1bf\x0b\x05\x19',
  'one two three\x01\x0b\x19 \x19',
  'abc def ghi\x17\x02\x17\x19\x1by',
  'alpha\x15beta\x02\x06\x15\x19\x1by',
  'foo bar\x1bb\x1bd',
  'foo bar baz\x1b\x7f\x1b\x7f\x19',
  'foo-bar/baz\x1b\x7f',
  'foo-bar/baz\x17',
  'one two\x1bb\x1bb\x1bu\x1bl',
  'one two three\x01\x1bc\x1bc\x1bu',
  'hello WORLD\x01\x1bl\x1bl',
  'abcd\x14',
  'abcd\x01\x14',
  'abcd\x02\x02\x14',
  'one two three\x1bt',
  'one two three\x1bb\x1bt',
  'one\x1bt',
  'a-b c_d\x1bt',
  '\x1b.',
  'vi \x1b.\x1b.',
  'vi \x1b.\x1b.\x1b.\x1b_',
  'x \x1b1\x1b.',
  'x \x1b0\x1b.\x1b.',
  '\x10',
  '\x10\x10\x10\x0e',
  'draft\x10\x10\x0e\x0e',
  'draft\x1b<',
  'draft\x1b<\x1b>',
  '\x1b[A changed\x1b[A\x1b[B',
  '\x10\x0e\x0e',
  '\x12ls\x1f',
  '\x12one\x1f',
  '\x12one\x12\x1f',
  '\x12zzz\x1f',
  '\x12get\x07',
  'abc\x12get\x07',
  '\x12e\x7f\x7fls\x1f',
  '\x12get\x01X',
  '\x12sort\x05\x1b\x7f',
  '\x16\x01b',
  'a\x16\tb',
  'abc\x1f',
  'one\x17two\x1f\x1f',
  'one two\x17\x15\x1f',
  'abc\x18\x15',
  'abc\x1br',
  '\x10 more\x1br',
  'abc def\x1b5\x02X',
  '\x1b3x',
  'a\x1b1\x1b2b',
  'one two three four\x01\x1b2\x1bd',
  'one two three four\x1b-\x1bd',
  'one two three four\x1b2\x17',
  'abcabc\x01\x1db',
  'abcabc\x01\x1b2\x1db',
  'abcabc\x1b\x1db',
  'a   b\x02\x02\x1b\\',
  'one two\x1b \x1bb\x18\x18X',
  'one two\x18\x7f\x19\x19',
  'one two\x1b#x'.slice(0, 7),
  'del\x01\x04\x04\x04',
  'del\x04x',
  'ab\x1b[3~\x1b[H\x1b[3~',
  'ab\x1b[1;5D\x1b[1;5CX',
  '한글 이름\x17\x7f',
  '한글 이름\x1bb\x14',
  'echo !!\x1b^',
  'echo $HOME "a b"\x1b\x05',
  'cd ~root\x1b&',
  'a\x1b\tb',
  '\x1b[200~one\ttwo\x1b[201~x',
  "a 'b c' d\x1b\x08\x1b\x08",
  'one\x0btwo\x01\x0b\x19',
  'a b c\x17x\x02\x06\x17\x19\x19',
  'echo one\x1b[D\x1b[D\x12kub\x1f',
  'word\x1b\x19',
  'w \x1b2\x1b\x19',
  '\x1b4\x1b.',
  'abc\x1b[5~x',
  'x\x1bOH\x1bOFy',
] as const;

const VI_ROWS = [
  'one two three\x1bbdw',
  'one two three\x1b0dwx',
  'one two\x1b0cwX\x1bu0',
  'one two three\x1b02wD',
  'one two three\x1bbbC!',
  'abc\x1bhx',
  'abc\x1b0rX',
  'a,b,c\x1b0f,x;x'.replace(';x', ''),
  'one two\x1bddp',
  'one\x1bA two',
  'one\x1bI two',
  'one two\x1b0ye$p',
  'abc\x1b0~~',
  '\x1bkk',
  '\x1bkkkj',
  'abc def\x1bX',
  'one two three\x1b2bi-',
  'one two three\x1b0ed0',
  'one.two three\x1b0dW',
  'one two three\x1bBcb-',
] as const;

const seen = (text: string): string => /\[\[([\s\S]*?)\]\]/.exec(text.replace(/\r\n/g, '\n'))?.[1] ?? text;

/** Each line in a shell of its own: ^C would throw away what the terminal has not handed over yet. */
async function realLines(rows: readonly string[], more: string): Promise<string[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(home, '.bash_history'), `${HISTORY.join('\n')}\n`);
  writeFileSync(path.join(home, 'rc'), `${START}\n${more}\n`);
  const lines: string[] = [];
  for (const keys of rows) {
    const env = { HOME: '/root', HISTFILE: `${home}/.bash_history` };
    const terminal = new RealTerminal(`bash --noprofile --rcfile ${home}/rc`, home, env);
    await terminal.type('', /\$ $/);
    lines.push(seen(await terminal.type(`${keys}\x0f`, /\]\]/)));
    terminal.end();
  }
  rmSync(home, { recursive: true });
  return lines;
}

async function drydockLines(rows: readonly string[], more: string): Promise<string[]> {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type(
    `history -c; rm -f ~/.bash_history; ${HISTORY.map((line) => `history -s "${line}"`).join('; ')}; history -d 1\r`,
  );
  await lab.type(` HISTCONTROL=ignorespace; HISTFILE=; ${START}; ${more}\r`);
  await lab.type(` history -c; ${HISTORY.map((line) => `history -s "${line}"`).join('; ')}\r`);
  const lines: string[] = [];
  for (const keys of rows) {
    lab.printed();
    await lab.type(`${keys}\x0f`, 0.3);
    lines.push(seen(lab.printed()));
    await lab.type('\x03', 0.1);
  }
  return lines;
}

const numbered = (rows: readonly string[], lines: readonly string[]): readonly string[] =>
  rows.map((row, at) => `${JSON.stringify(row)} → ${lines[at] ?? ''}`);

const MODES: readonly { readonly mode: string; readonly rows: readonly string[]; readonly more: string }[] = [
  { mode: 'emacs', rows: ROWS, more: ':' },
  { mode: 'vi', rows: VI_ROWS, more: 'set -o vi' },
];
// The key that shows the line has to be there in every keymap of the real one.
const VI_KEYS = ['vi-insert', 'vi-command'].map((keymap) => SHOW.replace('bind', `bind -m ${keymap}`)).join('; ');

test.skipIf(!real || !hasTerminals).for(MODES)(
  '$mode mode: the same keys leave the same line',
  { timeout: 60_000 },
  async ({ mode, rows, more }) => {
    const wanted = await realLines(rows, mode === 'vi' ? `${more}; ${VI_KEYS}` : more);
    const got = await drydockLines(rows, more);
    expect(numbered(rows, got)).toEqual(numbered(rows, wanted));
  },
);
