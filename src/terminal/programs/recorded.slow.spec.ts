/** Network clients beside what Ubuntu 24.04's wrote, command by command against a small server of bash and nc. */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../testing/recorded-commands.spec-support.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
  await lab.run(`cat > /tmp/serve <<'END'\n${readFileSync(path.join(FOLDER, 'serve.sh'), 'utf8')}END\n`);
});

test.for(readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl')))('%s', async (name) => {
  const rows = readFileSync(path.join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  const namespace = name.replace(/\..*$/, '');
  await lab.run(`ip netns add ${namespace}; ip -n ${namespace} link set lo up; mkdir /tmp/${namespace}`);
  const within = `cd /tmp/${namespace}; nsenter --net=/run/netns/${namespace} bash -c`;
  expect(await replayCommands(lab, rows, within)).toEqual(rows);
});
