import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

/** A prompt that runs lines and answers what each printed. */
async function openLab(): Promise<(line: string, seconds?: number) => Promise<readonly string[]>> {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  return async (line, seconds = 3) => {
    lab.printed();
    await lab.type(`${line}\r`, seconds);
    return lab
      .printed()
      .replaceAll(/\x1b\[\?2004[lh]|\r/g, '')
      .split('\n')
      .slice(1, -1)
      .filter((printed) => !/^(sent|total size is) /.test(printed));
  };
}

const FILES = 'mkdir -p src/sub; cd src; echo one > a; echo two > b; echo three > sub/c; ln -s a l; cd';

/** Lines run one after another, and all that each prints but the counts of bytes. */
const LOCAL: readonly (readonly [line: string, printed: readonly string[]])[] = [
  [
    'rsync -av src/ dst; echo $?',
    ['sending incremental file list', 'created directory dst', './', 'a', 'b', 'l -> a', 'sub/', 'sub/c', '', '0'],
  ],
  ['rsync -av src/ dst', ['sending incremental file list', '']],
  ['diff -r src dst; rm src/b; echo more >> src/a; chmod 600 src/sub/c; touch dst/extra', []],
  ['rsync -ain --delete src/ dst', ['*deleting   extra', '*deleting   b', '>f.st...... a', '.f...p..... sub/c']],
  ['rsync -av --delete src/ dst', ['sending incremental file list', 'deleting extra', 'deleting b', 'a', '']],
  ['rsync -a --exclude sub src/ two; find two -mindepth 1 | sort', ['two/a', 'two/l']],
  [
    "rsync -rv --include '*/' --include c --exclude '*' src three",
    ['sending incremental file list', 'created directory three', 'src/', 'src/sub/', 'src/sub/c', ''],
  ],
  ['rsync src four', ['skipping directory src']],
  [
    'rsync -a nofile src/a five; echo $?; cat five/a',
    [
      'rsync: [sender] link_stat "/root/nofile" failed: No such file or directory (2)',
      'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1338) [sender=3.2.7]',
      '23',
      'cat: five/a: Not a directory',
    ],
  ],
  [
    'rsync -a src /no/such/place; echo $?',
    [
      'rsync: [Receiver] mkdir "/no/such/place" failed: No such file or directory (2)',
      'rsync error: error in file IO (code 11) at main.c(787) [Receiver=3.2.7]',
      '11',
    ],
  ],
  [
    'rsync --frob a b; echo $?',
    [
      'rsync: --frob: unknown option',
      'rsync error: syntax or usage error (code 1) at main.c(1795) [client=3.2.7]',
      '1',
    ],
  ],
  ['rsync -aH src dst; echo $?', ["drydock: 'rsync -H' is not simulated", '1']],
];

test('rsync makes a directory like another on its host', async () => {
  const run = await openLab();
  await run(FILES);
  for (const [line, printed] of LOCAL) expect([line, await run(line)]).toEqual([line, printed]);
});

const REMOTE: readonly (readonly [line: string, printed: readonly string[]])[] = [
  [
    "ssh worker-1 'mv /usr/bin/rsync /usr/bin/rsync.away'; rsync -av src/ worker-1:there; echo $?; ssh worker-1 'mv /usr/bin/rsync.away /usr/bin/rsync'",
    [
      'bash: line 1: rsync: command not found',
      'rsync: connection unexpectedly closed (0 bytes received so far) [sender]',
      'rsync error: remote command not found (code 127) at io.c(232) [sender=3.2.7]',
      '127',
    ],
  ],
  [
    'rsync -a -e "ssh -p 2222" src/ worker-1:there; echo $?',
    [
      'ssh: connect to host worker-1 port 2222: Connection refused',
      'rsync: connection unexpectedly closed (0 bytes received so far) [sender]',
      'rsync error: unexplained error (code 255) at io.c(232) [sender=3.2.7]',
      '255',
    ],
  ],
];
const REMOTE_FOUND: readonly (readonly [line: string, printed: readonly string[]])[] = [
  [
    'rsync -avzi -e ssh src/ root@worker-1:there; echo $?',
    [
      'sending incremental file list',
      'created directory there',
      'cd+++++++++ ./',
      '<f+++++++++ a',
      '<f+++++++++ b',
      'cL+++++++++ l -> a',
      'cd+++++++++ sub/',
      '<f+++++++++ sub/c',
      '',
      '0',
    ],
  ],
  ["ssh worker-1 'echo four > there/a'; rsync -av worker-1:there/ src", ['receiving incremental file list', 'a', '']],
  ['cat src/a', ['four']],
  ["prsync -H worker-1 -a src /tmp | cut -d' ' -f 3-; ssh worker-1 cat /tmp/src/a", ['[SUCCESS] worker-1', 'four']],
];

test('rsync reaches other hosts by ssh, both ways', async () => {
  const run = await openLab();
  await run(FILES);
  for (const [line, printed] of REMOTE) expect([line, await run(line)]).toEqual([line, printed]);
  await run('apt-get update; apt-get install -y pssh', 60);
  for (const [line, printed] of REMOTE_FOUND) expect([line, await run(line)]).toEqual([line, printed]);
});
