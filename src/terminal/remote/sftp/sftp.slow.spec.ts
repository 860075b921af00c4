/** sftp as OpenSSH 9.2's client and server answered the same commands. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run(
    'mkdir -p /tmp/l/sub; cd /tmp/l; echo one > a; echo x > sub/x; echo put a > one; echo get nofile > bad',
  );
  await lab.run('mkdir -p /tmp/r/d; cd /tmp/r; echo rem > f; echo g > d/g; chmod 600 f', 'worker-1');
});

/** One command after another where a failure does not end the batch. */
const batch = (commands: readonly string[]): string =>
  `cd /tmp/l; sftp -b - worker-1 2>&1 <<'E'\n${['cd /tmp/r', ...commands.map((each) => `-${each}`)].join('\n')}\nE\n`;

test.for([
  { command: 'pwd', printed: ['Remote working directory: /tmp/r'] },
  { command: 'lpwd', printed: ['Local working directory: /tmp/l'] },
  { command: 'ls', printed: ['d  f  '] },
  { command: 'ls -1 d', printed: ['d/g'] },
  {
    command: 'ls -l',
    printed: [
      'drwxr-xr-x    ? root     root         4096 Mar  2 00:00 d',
      '-rw-------    ? root     root            4 Mar  2 00:00 f',
    ],
  },
  { command: 'put nofile', printed: ['stat nofile: No such file or directory\r'] },
  { command: 'get nofile', printed: ['File "/tmp/r/nofile" not found.\r'] },
  { command: 'get d', printed: ['download /tmp/r/d/: not a regular file\r'] },
  { command: 'get -r d', printed: ['Retrieving /tmp/r/d'] },
  { command: 'put sub', printed: ['local "sub/" is not a regular file\r'] },
  { command: 'mkdir d', printed: ['remote mkdir "/tmp/r/d": Failure\r'] },
  {
    command: 'rename nofile X',
    printed: ['remote rename "/tmp/r/nofile" to "/tmp/r/X": No such file or directory\r'],
  },
  { command: 'rm nofile', printed: ['remote delete /tmp/r/nofile: No such file or directory\r'] },
  { command: 'rmdir nodir', printed: ['remote rmdir "/tmp/r/nodir": No such file or directory\r'] },
  { command: 'cd nodir', printed: ['stat remote: No such file or directory\r'] },
  { command: 'lcd /nodir', printed: ['Couldn\'t change local directory to "/nodir": No such file or directory\r'] },
  { command: 'lls sub', printed: ['x'] },
  { command: '!echo hi', printed: ['hi'] },
  { command: 'nonsense', printed: ['Invalid command.\r'] },
  { command: 'df -h', printed: ["drydock: 'sftp df' is not simulated\r"] },
  { command: 'version', printed: ['SFTP protocol version 3'] },
])('$command', async ({ command, printed }) => {
  const { stdout, code } = await lab.run(batch([command]));
  expect([stdout.split('\n'), code]).toEqual([['sftp> cd /tmp/r', `sftp> -${command}`, ...printed, ''], 0]);
});

test('files go both ways, are renamed and removed', async () => {
  await lab.run(
    batch(['put a A', 'put -r sub', 'get f', 'rename A B', 'chmod 640 B', 'mkdir new', 'rm d/g', 'rmdir d']),
  );
  expect((await lab.run('cd /tmp/r; find . | sort; stat -c %a B; cat B', 'worker-1')).stdout).toBe(
    '.\n./B\n./f\n./new\n./sub\n./sub/x\n640\none\n',
  );
  expect((await lab.run('cat /tmp/l/f; stat -c %a /tmp/l/f')).stdout).toBe('rem\n600\n');
});

test.for([
  { given: 'a batch ends at its first failure', script: 'cd /tmp/l; sftp -b bad worker-1', code: 1 },
  { given: 'a batch that is not there', script: 'sftp -b /nofile worker-1', code: 255 },
  { given: 'a host that is not there', script: 'sftp nosuch', code: 255 },
  {
    given: 'a file named with the host is fetched',
    script: 'cd /tmp/l; sftp -q worker-1:/tmp/r/f got; cat got',
    code: 0,
  },
])('$given', async ({ script, code }) => {
  expect((await lab.run(script)).code).toBe(code);
});

test('from a pipe: what is typed is shown, and what goes where is told', async () => {
  const { stdout, stderr } = await lab.run("cd /tmp/l; printf 'pwd\\nput one\\nbye\\n' | sftp worker-1");
  expect([stdout, stderr]).toEqual([
    'sftp> pwd\nRemote working directory: /root\nsftp> put one\nUploading one to /root/one\nsftp> bye\n',
    'Connected to worker-1.\n',
  ]);
});
