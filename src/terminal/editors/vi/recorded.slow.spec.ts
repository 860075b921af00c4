/** What Debian's vim 9 showed for each row of keys on a terminal of its own, and what vi shows. */
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { compareWithRecord, type Row } from '../../testing/recorded-screens.spec-support.ts';
import * as commands from './recorded/command-rows.spec-support.ts';
import * as essential from './recorded/essential-rows.spec-support.ts';
import * as everyday from './recorded/everyday-rows.spec-support.ts';
import * as keys from './recorded/recorded-rows.spec-support.ts';
import * as sessions from './recorded/session-rows.spec-support.ts';
import * as startUp from './recorded/start-up-rows.spec-support.ts';
import { VIM_FIXTURE } from './vim-fixture.spec-support.ts';

const RECORDS: readonly (readonly [record: string, rows: readonly Row[], known: readonly Row[]])[] = [
  ['vim.jsonl', keys.VIM_ROWS, keys.KNOWN_DIFFERENCES],
  ['commands.jsonl', commands.COMMAND_ROWS, commands.KNOWN_DIFFERENCES],
  ['essential.jsonl', essential.ESSENTIAL_ROWS, essential.KNOWN_DIFFERENCES],
  ['everyday.jsonl', everyday.EVERYDAY_ROWS, everyday.KNOWN_DIFFERENCES],
  ['sessions.jsonl', sessions.SESSION_ROWS, sessions.KNOWN_DIFFERENCES],
  ['start-up.jsonl', startUp.START_UP_ROWS, startUp.KNOWN_DIFFERENCES],
];

const keyOf = (row: Row): string => JSON.stringify(row);

test.each(RECORDS)(
  'what is typed into vim and into vi: %s',
  async (name, rows, known) => {
    const lab = await LabTerminal.open('docker-1', 'docker-1');
    const record = path.join(import.meta.dirname, 'recorded', name);
    const { same, different } = await compareWithRecord(record, rows, VIM_FIXTURE, lab, known);
    expect(same.ours).toEqual(same.theirs);
    // A row that has become the same leaves the list.
    expect(new Set(different.map(keyOf))).toEqual(new Set(known.map(keyOf)));
  },
  600_000,
);
