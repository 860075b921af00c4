/** What real programs wrote on a real kernel, as root in an empty directory of its own, command by command. */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../testing/recorded-commands.spec-support.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
});

test.for(readdirSync(FOLDER))('%s', async (name) => {
  const rows = readFileSync(path.join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  await lab.run('rm -rf /tmp/recorded && mkdir /tmp/recorded');
  expect(await replayCommands(lab, rows, 'cd /tmp/recorded && bash -c')).toEqual(rows);
});
