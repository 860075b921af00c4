/** Programs of systemd that ask no manager, beside what the real ones wrote. */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../testing/recorded-commands.spec-support.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
});

test.for(readdirSync(FOLDER))('%s', async (name) => {
  const rows = readFileSync(path.join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  expect(await replayCommands(lab, rows)).toEqual(rows);
});
