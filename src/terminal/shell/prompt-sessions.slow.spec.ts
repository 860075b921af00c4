/**
 * Whole sessions at a prompt, typed to the machine's bash on a terminal and to Drydock's: history expansion and job control.
 * `prompt-sessions/<construct>.sh` holds a construct's sessions, parted by blank lines; a line is typed with Enter after it,
 * `^Z` and the like are keys. Programs that stay in the foreground print `go` when they are there.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';
import { real } from '../testing/real-bash.spec-support.ts';
import { RealTerminal, hasTerminals } from '../testing/real-terminal.spec-support.ts';

const folder = new URL('prompt-sessions/', import.meta.url);
const sessions = readdirSync(folder).flatMap((name) =>
  readFileSync(new URL(name, folder), 'utf8')
    .trimEnd()
    .split(/\n\n+/)
    .map((text) => ({ construct: name.replace(/\.sh$/, ''), lines: text.split('\n') })),
);

const PROMPT = '@@ ';
/** The prompt, or a program that waits: it has said `go`, or fg has shown it (after `%2 &` it is the prompt that comes). */
const READY = /(?:@@ |(?:^|\n)\r*go\r*\n|(?:^|\n)(?:fg|%)[^\n&]*\n[^\n]*sh -c [^\n]*\n)$/;
const START = `PS1='${PROMPT}'; HISTFILE=; bind 'set enable-bracketed-paste off'; history -c`;

const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]|\x07/g;

const keysOf = (line: string): string =>
  /^\^[A-Z\\]$/.test(line) ? String.fromCharCode(line.charCodeAt(1) & 31) : `${line}\r`;

/** What a line has led to: without its echo, the prompt, and numbers of processes. */
const seen = (line: string, text: string): string =>
  `${line}\n${text
    .replace(ESCAPES, '')
    .replace(/\r+/g, '')
    .replace(/^.*\n/, '')
    .replace(/@@ $/, '')
    .replace(/^(\[\d+\] |\[\d+\][-+ ] +|bash: warning: .* process group )\d+/gm, '$1PID')}`;

async function realSession(lines: readonly string[]): Promise<string> {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(home, 'rc'), `${START}\n`);
  const terminal = new RealTerminal(`bash --noprofile --rcfile ${home}/rc`, home, { HOME: '/root' });
  await terminal.type('', READY);
  const out: string[] = [];
  for (const line of lines) out.push(seen(line, await terminal.type(keysOf(line), READY)));
  terminal.end();
  rmSync(home, { recursive: true });
  return out.join('');
}

async function drydockSession(lab: LabTerminal, lines: readonly string[]): Promise<string> {
  await lab.type(`cd $(mktemp -d); bash --noprofile --norc\r`);
  await lab.type(`${START}\r`);
  const out: string[] = [];
  for (const line of lines) {
    lab.printed();
    await lab.type(keysOf(line), 0.05);
    let text = lab.printed();
    for (let turns = 0; turns < 100 && !READY.test(text.replace(ESCAPES, '')); turns += 1) {
      await lab.pass(0.05);
      text += lab.printed();
    }
    out.push(seen(line, text));
  }
  await lab.reopen();
  return out.join('');
}

test('12 sessions of each construct are compared', () => {
  const counts = new Map<string, number>();
  for (const { construct } of sessions) counts.set(construct, (counts.get(construct) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count < 12)).toEqual([]);
});

const lab = real && hasTerminals ? await LabTerminal.open('docker-1', 'docker-1') : undefined;
test.skipIf(lab === undefined).for(sessions)(
  'like the real bash, $construct: $lines',
  { timeout: 15_000 },
  async ({ lines }) => {
    if (lab === undefined) return;
    const wanted = await realSession(lines);
    expect(await drydockSession(lab, lines)).toBe(wanted);
  },
);
