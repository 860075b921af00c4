import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

/** What scp of OpenSSH 9.2 with its sftp-server printed for the same files, and how it ended. */
const ROWS: readonly (readonly [arguments_: string, printed: readonly string[], status: number])[] = [
  ['loc w:', [], 0],
  [
    'loc w:nodir/x',
    ['scp: dest open "nodir/x": No such file or directory', 'scp: failed to upload file loc to nodir/x'],
    1,
  ],
  ['loc w:nodir/', ['scp: dest open "nodir/": Failure', 'scp: failed to upload file loc to nodir/'], 1],
  ['loc nofile w:', ['scp: stat local "nofile": No such file or directory'], 255],
  ['ld w:', ['scp: local "ld" is not a regular file', 'scp: failed to upload file ld to .'], 1],
  ['-r ld w:new', [], 0],
  ['-r ld w:loc', ['scp: "/root/loc" exists but is not a directory', 'scp: failed to upload directory ld to loc'], 1],
  ['w:nofile .', ['scp: nofile: No such file or directory'], 1],
  ['w:new .', ['scp: download new/: not a regular file'], 1],
  ['w:loc w:new/1 nodir', ['nodir: No such file or directory'], 1],
  ['loc ld/1 w:made', [], 0],
  ['-r w:new got', [], 0],
  ["'w:new/*' .", ['scp: download new/s/: not a regular file'], 1],
  ['-p w:loc worker-2:there', [], 0],
  ['w:/etc/shadow ann@localhost:/root', ['scp: Connection closed'], 255],
];

test('scp copies both ways, between two other hosts, and complains as the real one', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const run = async (line: string): Promise<readonly string[]> => {
    lab.printed();
    await lab.type(`${line}\r`, 3);
    return lab
      .printed()
      .replaceAll(/\x1b\[\?2004[lh]|\r/g, '')
      .split('\n')
      .slice(1, -1);
  };
  await run(
    "printf 'Host w\\n HostName worker-1\\nHost *\\n BatchMode yes\\n StrictHostKeyChecking no\\n LogLevel ERROR\\n' > ~/.ssh/config",
  );
  await run('mkdir -p ld/s; echo 1 > ld/1; echo 2 > ld/s/2; echo x > loc');
  for (const [arguments_, printed, status] of ROWS)
    expect([arguments_, await run(`scp -q ${arguments_}; echo $?`)]).toEqual([
      arguments_,
      [...printed, String(status)],
    ]);
  expect(await run('cd got; find . -type f | sort | xargs head; cd')).toEqual([
    '==> ./1 <==',
    '1',
    '',
    '==> ./s/2 <==',
    '2',
  ]);
  expect(await run("ssh w 'ls -R made new'; ssh worker-2 cat there")).toEqual([
    'made:',
    '1',
    'loc',
    '',
    'new:',
    '1',
    's',
    '',
    'new/s:',
    '2',
    'x',
  ]);
  const [meter = ''] = await run('scp loc w:');
  expect(meter.replace(/ +[\d.]+KB/, ' …KB')).toBe(`${'loc'.padEnd(45)} 100%    2 …KB/s   00:00    `);
});
