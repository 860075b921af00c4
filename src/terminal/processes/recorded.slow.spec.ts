/**
 * What real programs wrote on a real kernel, each in a process namespace of its own: the shell that holds it is 1, another
 * program has been 2, and the command is 3 and what it starts. Process numbers go up to 4194303.
 */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../testing/recorded-commands.spec-support.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run(`printf '/bin/true\\nbash -c "$1"\\n' > /tmp/in.sh`);
});

test.for(readdirSync(FOLDER))('%s', async (name) => {
  const rows = readFileSync(path.join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  expect(await replayCommands(lab, rows, 'cd /tmp && unshare -pf --mount-proc bash /tmp/in.sh')).toEqual(rows);
});
