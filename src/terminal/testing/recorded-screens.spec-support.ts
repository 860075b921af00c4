/**
 * What real full-screen programs showed and left, row by row, written down once and compared with a lab's.
 * `RECORD_SCREENS=/path/to/folder/of/programs npx vitest run --project slow FILE` types the rows that the record lacks into
 * the programs of that folder (or of /usr/bin) on a pseudo-terminal and adds what they showed.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import xterm from '@xterm/headless';
import type { FileView } from '../../engine/machine/files/interface.ts';
import { failed } from '../../protocol/errno.ts';
import type { WindowSize } from '../../protocol/program.ts';
import type { LabTerminal } from './lab-terminal.spec-support.ts';
import { screenOf } from './lab-terminal.spec-support.ts';

/** A command line, and what is typed then, with a moment between two parts; a size is the window's from then on. */
export type Row = readonly [start: string, ...typed: readonly (string | WindowSize)[]];

export interface Seen {
  readonly screen: readonly string[];
  readonly cursor: readonly [row: number, column: number];
  /** What has become of the files: changed, new (with their text) or gone. */
  readonly files: Readonly<Record<string, string | null>>;
}

export interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  /** Files that nobody may write. */
  readonly readOnly: readonly string[];
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What in a screen differs from run to run. */
  readonly plain?: (line: string) => string;
}

const SIZE: WindowSize = { columns: 80, rows: 24 };
const PROMPT = '% ';

const keyOf = (row: Row): string => JSON.stringify(row);

export interface Comparison {
  /** The rows that are to be the same. */
  readonly same: { readonly ours: readonly unknown[]; readonly theirs: readonly unknown[] };
  /** Those of the known differences that do differ. */
  readonly different: readonly Row[];
}

export async function compareWithRecord(
  record: string,
  rows: readonly Row[],
  fixture: Fixture,
  lab: LabTerminal,
  knownDifferences: readonly Row[],
): Promise<Comparison> {
  const known = new Map(readRecord(record));
  const folder = process.env['RECORD_SCREENS'];
  if (folder !== undefined) await recordMissing(record, rows, fixture, folder, known);
  const excepted = new Set(knownDifferences.map(keyOf));
  const ours: unknown[] = [];
  const theirs: unknown[] = [];
  const different: Row[] = [];
  for (const row of rows) {
    const real = known.get(keyOf(row)) ?? 'not recorded';
    const seen = await labSeen(lab, row, fixture);
    if (!excepted.has(keyOf(row))) {
      theirs.push([row, real]);
      ours.push([row, seen]);
    } else if (!isDeepStrictEqual(real, seen)) different.push(row);
  }
  return { same: { ours, theirs }, different };
}

function readRecord(file: string): readonly (readonly [string, Seen])[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [row, seen] = JSON.parse(line) as [Row, Seen];
    return [keyOf(row), seen];
  });
}

async function recordMissing(
  record: string,
  rows: readonly Row[],
  fixture: Fixture,
  folder: string,
  known: Map<string, Seen>,
): Promise<void> {
  const missing = rows.filter((row) => !known.has(keyOf(row)));
  const workers = Array.from({ length: 4 }, async () => {
    for (let row = missing.shift(); row !== undefined; row = missing.shift())
      known.set(keyOf(row), await realSeen(row, fixture, folder));
  });
  await Promise.all(workers);
  const lines = rows.flatMap((row) => {
    const seen = known.get(keyOf(row));
    return seen === undefined ? [] : [JSON.stringify([row, seen])];
  });
  writeFileSync(record, `${lines.join('\n')}\n`);
}

/** Long enough for a program to have shown what a key does; only used where something is recorded. */
const QUIET_MS = 220;

async function realSeen([start, ...typed]: Row, fixture: Fixture, programs: string): Promise<Seen> {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const folder = path.join(home, 'v');
  mkdirSync(folder);
  layOut(folder, fixture);
  const terminal = new xterm.Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });
  let changed = Date.now();
  const child = spawn(
    'script',
    ['-qec', `stty cols 80 rows 24; tty > ../tty; PS1='${PROMPT}' exec /bin/sh -i`, '/dev/null'],
    {
      cwd: folder,
      env: {
        PATH: `${programs}:/usr/bin:/bin`,
        TERM: 'xterm-256color',
        LC_ALL: 'C.UTF-8',
        SHELL: '/bin/sh',
        HOME: home,
        ...fixture.env,
      },
    },
  );
  const answers = terminal.onData((text) => child.stdin.write(text));
  child.stdout.on('data', (bytes: Buffer) => {
    changed = Date.now();
    terminal.write(bytes);
  });
  const quiet = async (): Promise<void> => {
    changed = Date.now();
    while (Date.now() - changed < QUIET_MS) await new Promise((done) => setTimeout(done, 20));
  };
  await quiet();
  for (const part of ['clear\r', `${start}\r`, ...typed]) {
    if (typeof part === 'string') child.stdin.write(part);
    else {
      terminal.resize(part.columns, part.rows);
      const tty = readFileSync(path.join(home, 'tty'), 'utf8').trim();
      spawn('stty', ['-F', tty, 'cols', String(part.columns), 'rows', String(part.rows)]);
    }
    await quiet();
  }
  const seen = { ...(await screenOf(terminal)), files: changesIn(folder, fixture) };
  answers.dispose();
  const ended = new Promise((done) => child.on('exit', done));
  child.kill('SIGKILL');
  await ended;
  // What was left without a terminal still tidies up.
  await quiet();
  rmSync(home, { recursive: true, force: true, maxRetries: 9, retryDelay: 100 });
  return plainly(seen, fixture);
}

function layOut(folder: string, { files, readOnly, folders }: Fixture): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  for (const name of readOnly) chmodSync(path.join(folder, name), 0o444);
  for (const name of folders) mkdirSync(path.join(folder, name));
}

function changesIn(folder: string, { files }: Fixture): Seen['files'] {
  const found = readdirSync(folder, { withFileTypes: true }).filter(
    (each) => each.isFile() && !each.name.startsWith('.'),
  );
  const now = Object.fromEntries(found.map((each) => [each.name, readFileSync(path.join(folder, each.name), 'utf8')]));
  return changes(files, now);
}

function changes(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): Seen['files'] {
  const gone = Object.keys(before).filter((name) => now[name] === undefined);
  return {
    ...Object.fromEntries(Object.entries(now).filter(([name, text]) => before[name] !== text)),
    ...Object.fromEntries(gone.map((name) => [name, null])),
  };
}

const plainly = (seen: Seen, { plain }: Fixture): Seen => ({
  ...seen,
  screen: seen.screen.map((line) => (plain?.(line) ?? line).trimEnd()),
});

/** The same in a lab. */
async function labSeen(lab: LabTerminal, [start, ...typed]: Row, fixture: Fixture): Promise<Seen> {
  const folder = '/root/v';
  const { files } = lab;
  files.remove(folder, { recursive: true });
  files.mkdirp(folder);
  for (const [name, text] of Object.entries(fixture.files))
    files.write(`${folder}/${name}`, text, { mode: fixture.readOnly.includes(name) ? 0o444 : 0o644 });
  for (const name of fixture.folders) files.mkdirp(`${folder}/${name}`);
  await lab.reopen();
  const env = Object.entries(fixture.env).map(([name, value]) => `export ${name}='${value}'; `);
  await lab.type(` PS1='${PROMPT}'; ${env.join('')}cd ${folder}; clear\r`);
  await lab.type(`${start}\r`);
  for (const part of typed)
    if (typeof part === 'string') await lab.keys(part);
    else await lab.resize(part);
  return plainly({ ...(await lab.seen()), files: changes(fixture.files, textsIn(files, folder)) }, fixture);
}

function textsIn(files: FileView, folder: string): Readonly<Record<string, string>> {
  const entries = files.list(folder);
  if (failed(entries)) return {};
  const found = entries.flatMap(({ name, type }) => {
    const text = type === 'file' && !name.startsWith('.') ? files.readText(`${folder}/${name}`) : undefined;
    return text === undefined || failed(text) ? [] : [[name, text] as const];
  });
  return Object.fromEntries(found);
}
