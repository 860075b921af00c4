/**
 * Files with holes, room without end and swap areas: truncate, fallocate, dd, cp, du, mkswap and blkid beside what GNU coreutils 9.1
 * and util-linux 2.38 wrote on ext4, each row in an empty directory; and what swapon makes of such areas.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const recorded = readFileSync(new URL('recorded/holes.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedCommand);

const lab = await LabScripts.open('docker-1');

test.for(recorded)('like the real ones: $command', async (row) => {
  await lab.run('rm -rf /tmp/rows; mkdir /tmp/rows');
  expect(await replayCommands(lab, [row], 'cd /tmp/rows; bash -c')).toEqual([row]);
});

test('swapon takes what mkswap wrote, without holes, and says what it does not take', async () => {
  const { stdout, stderr } = await lab.run(`
    cd /tmp; swapoff -a; fallocate -l 8M a; mkswap -q a; chmod 644 a; swapon -v a; truncate -s 8M b; chmod 600 b; mkswap -q b
    swapon b; head -c 1M /dev/zero > c; chmod 600 c; swapon c; swapon --show --noheadings --bytes; swapon a
    free -b | tail -n 1; swapoff a; fallocate -l 4M -o 8M a; truncate -s 4M a; swapon a`);
  expect(stdout.split('\n')).toEqual([
    'swapon /tmp/a',
    '/tmp/a file 8384512    0   -2',
    'Swap:        8384512           0     8384512',
    '',
  ]);
  expect(stderr.split('\n')).toEqual([
    'swapon: /tmp/a: insecure permissions 0644, 0600 suggested.',
    'swapon: /tmp/a: found signature [pagesize=4096, signature=swap]',
    'swapon: /tmp/a: pagesize=4096, swapsize=8388608, devsize=8388608',
    'swapon: /tmp/b: skipping - it appears to have holes.',
    'swapon: /tmp/c: read swap header failed',
    'swapon: /tmp/a: insecure permissions 0644, 0600 suggested.',
    'swapon: /tmp/a: swapon failed: Device or resource busy',
    'swapon: /tmp/a: insecure permissions 0644, 0600 suggested.',
    'swapon: /tmp/a: swapon failed: Invalid argument',
    '',
  ]);
});

test('a full tmpfs takes what fits, and its files count by pages', async () => {
  const { stdout, stderr } = await lab.run(`
    mkdir /tmp/m; mount -t tmpfs -o size=1m tmpfs /tmp/m; cd /tmp/m; for i in 1 2 3; do echo $i > $i; done; ln -s abc l; mkdir d
    df -k --output=used,avail .; dd if=/dev/zero of=f bs=300k; stat -c '%s %b' f; echo more >> f; cp f g; stat -c %s g`);
  expect(stdout).toBe(' Used Avail\n   12  1012\n1036288 2024\n0\n');
  expect(stderr).toMatch(
    /^dd: error writing 'f': No space left on device\n4\+0 records in\n3\+0 records out\n1036288 bytes .*\n.*write error: No space left on device\ncp: error copying 'f' to 'g': No space left on device\n$/,
  );
});
