/**
 * The same keys typed to bash 5.2 and to Drydock's leave the same line, with the cursor at the same place.
 * `recorded/<mode>.jsonl` has what Debian's bash left, row by row: the keys, with `{name}` for a key that the function is
 * bound to, and the line with `||` at the cursor.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

type Row = readonly [keys: string, line: string];

const HISTORY = ['ls -l /tmp', 'echo one two', "grep -r 'a b' /etc | sort", 'kubectl get pods', 'echo one two three'];
const SHOW = `-x '"\\C-o": printf "\\n[[%s||%s]]\\n" "\${READLINE_LINE:0:READLINE_POINT}" "\${READLINE_LINE:READLINE_POINT}"'`;
const START = [
  `mkdir -p /w/gamma; cd /w; touch alpha.txt alpine.md beta; alias ll='ls -l'; HISTCONTROL=ignorespace; HISTFILE=`,
  ...['emacs', 'vi-insert', 'vi-command'].map((keymap) => `bind -m ${keymap} ${SHOW}`),
  "stty -ixon; PS1='$ '",
];
const REMEMBER = `history -c; ${HISTORY.map((line) => `history -s "${line}"`).join('; ')}`;

/** The keys of a row, and the functions that it binds to keys of its own. */
function keysOf(row: string): { readonly keys: string; readonly functions: readonly string[] } {
  const functions = [...new Set([...row.matchAll(/\{([a-z][a-zA-Z-]+)\}/g)].map(([, name = '']) => name))];
  const keys = row.replace(
    /\{([a-z][a-zA-Z-]+)\}/g,
    (_, name: string) => `\x18\x10${letterAt(functions.indexOf(name))}`,
  );
  return { keys, functions };
}
const letterAt = (at: number): string => String.fromCharCode(97 + at);

const seen = (text: string): string => /\[\[([\s\S]*?)\]\]/.exec(text.replace(/\r\n/g, '\n'))?.[1] ?? text;

async function lineAfter(lab: LabTerminal, row: string): Promise<string> {
  const { keys, functions } = keysOf(row);
  const binds = functions.map((name, at) => ` bind '"\\C-x\\C-p${letterAt(at)}": ${name}'\r`);
  await lab.type(` ${REMEMBER}\r${binds.join('')}`, 0.1);
  lab.printed();
  await lab.type(keys, 0.1);
  await lab.type('\x0f', 0.1);
  const line = seen(lab.printed());
  await lab.type('\x03', 0.1);
  return line;
}

test.each(['emacs', 'vi'])(
  '%s mode: the same keys leave the same line',
  async (mode) => {
    const record = readFileSync(path.join(import.meta.dirname, 'recorded', `${mode}.jsonl`), 'utf8');
    const rows = record
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    const lab = await LabTerminal.open('docker-1', 'docker-1');
    for (const line of [...START, `set -o ${mode}`]) await lab.type(` ${line}\r`);
    const got: Row[] = [];
    for (const [keys] of rows) got.push([keys, await lineAfter(lab, keys)]);
    expect(got).toEqual(rows);
  },
  60_000,
);
