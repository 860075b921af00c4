/** ps, pstree, pgrep and their like in a container, which shows few processes. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('docker run -d --name box ubuntu:24.04 bash -c "sleep 1000d & sleep 2000d & wait"');
});

test.for([
  {
    command: 'ps -ef --forest',
    stdout: `UID          PID    PPID  C STIME TTY          TIME CMD
root           4       0  0 00:00 ?        00:00:00 ps -ef --forest
root           1       0  0 00:00 ?        00:00:00 bash -c sleep 1000d & sleep 2000d & wait
root           2       1  0 00:00 ?        00:00:00 sleep 1000d
root           3       1  0 00:00 ?        00:00:00 sleep 2000d
`,
  },
  {
    command: 'ps -C sleep -o pid,ppid,user:12,stat,ni,args --sort=-pid',
    stdout: `    PID    PPID USER         STAT  NI COMMAND
      3       1 root         S      0 sleep 2000d
      2       1 root         S      0 sleep 1000d
`,
  },
  { command: 'ps -o pid= -C sleep', stdout: '      2\n      3\n' },
  { command: 'ps -p 1 -o comm=', stdout: 'bash\n' },
  // A word without a dash asks for the columns of BSD.
  {
    command: 'ps 2',
    stdout: '    PID TTY      STAT   TIME COMMAND\n      2 ?        S      0:00 sleep 1000d\n',
  },
  {
    command: 'ps p 2',
    stdout: '    PID TTY      STAT   TIME COMMAND\n      2 ?        S      0:00 sleep 1000d\n',
  },
  { command: 'ps -p 2', stdout: '    PID TTY          TIME CMD\n      2 ?        00:00:00 sleep\n' },
  { command: 'pgrep -a sleep', stdout: '2 sleep 1000d\n3 sleep 2000d\n' },
  { command: 'pgrep -d, -f 0d$', stdout: '2,3\n' },
])('$command', async ({ command, stdout }) => {
  expect(await lab.run(`docker exec box ${command}`)).toEqual({ stdout, stderr: '', code: 0 });
});

test.for([
  { command: 'ps -eo pid,rchars', refused: 'ps -o rchars' },
  { command: 'ps --sort pss', refused: 'ps --sort pss' },
  { command: 'ps --info', refused: 'ps --info' },
  { command: 'ps --help output', refused: 'ps --help with a topic' },
])('$command', async ({ command, refused }) => {
  expect(await lab.run(`docker exec box ${command}`)).toEqual({
    stdout: '',
    stderr: `drydock: '${refused}' is not simulated\n`,
    code: 1,
  });
});

test.for([
  { command: 'killall nobody-is-called-so', stderr: 'nobody-is-called-so: no process found\n', code: 1 },
  {
    command: 'pgrep',
    stderr: "pgrep: no matching criteria specified\nTry `pgrep --help' for more information.\n",
    code: 2,
  },
  { command: 'top', stderr: 'top: failed tty get\n', code: 1 },
])('$command ends with $code', async ({ command, stderr, code }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr, code });
});

test('pstree draws equal subtrees once', async () => {
  const { stdout } = await lab.run('sleep 50 & sleep 50 & pstree $$');
  expect(stdout).toBe('bash-+-pstree\n     `-2*[sleep]\n');
  const numbered = await lab.run('sleep 50 & pstree -pa $$');
  expect(numbered.stdout.replace(/\d+/g, 'N')).toBe(
    'bash,N -c sleep N & pstree -pa $$\n  |-pstree,N -pa N\n  `-sleep,N N\n',
  );
});
