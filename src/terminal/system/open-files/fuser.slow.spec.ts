import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

/** What psmisc's fuser prints to a terminal, where names and pids come together, with P for a pid and the blanks before it. */
const ROWS: readonly (readonly [line: string, printed: readonly string[]])[] = [
  ['mkdir d; (cd d; exec sleep 1000) & sleep 1', []],
  ['fuser d', ['/root/d: Pc']],
  ['fuser -u d', ['/root/d: Pc(root)']],
  ['fuser -v d', ['                     USER        PID ACCESS COMMAND', '/root/d:             root P ..c.. sleep']],
  [
    'exec 3>w; fuser -v w; fuser w; exec 3>&-; fuser w; echo $?',
    [
      '                     USER        PID ACCESS COMMAND',
      '/root/w:             root P F.... bash',
      '/root/w: P',
      '1',
    ],
  ],
  ['fuser -a /etc/shadow; echo $?', ['/etc/shadow:', '1']],
  ['fuser nofile; echo $?', ['Specified filename nofile does not exist.', '1']],
  [
    'fuser -v ssh/tcp',
    ['                     USER        PID ACCESS COMMAND', 'ssh/tcp:             root P F.... sshd'],
  ],
  ['fuser 9999/tcp; echo $?; fuser -n foo 1; echo $?', ['1', 'Invalid namespace name', '1']],
  ['fuser -s d; echo $?; fuser -k -TERM d; wait; fuser d; echo $?', ['0', '/root/d: Pc', '1']],
];

test('fuser tells who uses a file, a directory or a port', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  for (const [line, printed] of ROWS) {
    lab.printed();
    await lab.type(`${line}\r`, 3);
    const lines = lab
      .printed()
      .replaceAll(/\x1b\[\?2004[lh]|\r/g, '')
      .split('\n')
      .slice(1, -1)
      .filter((each) => !/^\[1\] \d+$/.test(each))
      .map((each) => each.replace(/ +\d+(?=[cF (.]|$)/, ' P'));
    expect([line, lines]).toEqual([line, printed]);
  }
});
