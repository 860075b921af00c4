/** zgrep and its like beside what gzip 1.12 of Debian wrote, each row in a directory with the same files. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const recorded = readFileSync(new URL('recorded/zutils.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedCommand);

const lab = await LabScripts.open('docker-1');

const FILES = String.raw`
  rm -rf /tmp/rows; mkdir /tmp/rows; cd /tmp/rows
  printf 'apple\nApple\nbanana\nbanana\ncolor\nyak\nballoon\na.b\n' > words; printf 'apple\nfig\n' > pats
  sed s/yak/yaks/ words > w2; gzip -k words w2`;

test.for(recorded)('like the real ones: $command', async (row) => {
  await lab.run(FILES);
  expect(await replayCommands(lab, [row], 'cd /tmp/rows; bash -c')).toEqual([row]);
});
