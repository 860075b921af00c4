/** ssh, scp and sftp beside what those of OpenSSH 9.2 wrote in a lab of the same hosts, users, host keys and files. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../testing/recorded-commands.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

const VERSIONS: readonly (readonly [recorded: string, emulated: string])[] = [
  ['OpenSSL 3.0.19 27 Jan 2026', 'OpenSSL 3.0.13 30 Jan 2024'],
  ['OpenSSH_9.2p1 Debian-2+deb12u10', 'OpenSSH_9.6p1 Ubuntu-3ubuntu13.14'],
];
const EMPTY_HOMES = `for host in worker-1 worker-2; do ssh $host 'find . -mindepth 1 -maxdepth 1 -name "[a-z]*" -exec rm -rf {} +'; done
  find ~ -mindepth 1 -maxdepth 1 -name "[a-z]*" -exec rm -rf {} +`;

test.for(['ssh', 'scp', 'sftp', 'ssh-keygen'])('%s', async (name) => {
  const text = VERSIONS.reduce(
    (before, [recorded, emulated]) => before.replaceAll(recorded, emulated),
    readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.jsonl`), 'utf8'),
  );
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  await lab.run(EMPTY_HOMES);
  expect(await replayCommands(lab, rows, 'cd; bash -c')).toEqual(rows);
});
