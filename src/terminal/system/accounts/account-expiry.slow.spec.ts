/** passwd's changes of an account's row and what su makes of them; recorded from shadow 4.13 and util-linux with PAM. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('useradd -m al; echo al:pw | chpasswd; chage -d 2020-01-01 al');
});

const DONE = 'passwd: password changed.\n';
test.for([
  ['-l', DONE, 'al L 2020-01-01 0 99999 7 -1'],
  ['-u', DONE, 'al P 2020-01-01 0 99999 7 -1'],
  ['-e', DONE, 'al P 1970-01-01 0 99999 7 -1'],
  ['-x 30', DONE, 'al P 1970-01-01 0 30 7 -1'],
  ['-n 2 -w 5 -i 3', DONE, 'al P 1970-01-01 2 30 5 3'],
  ['-x -1 -i -1', DONE, 'al P 1970-01-01 2 -1 5 -1'],
  ['-l -e -q', '', 'al L 1970-01-01 2 -1 5 -1'],
  ['-d', DONE, 'al NP 1970-01-01 2 -1 5 -1'],
])('passwd %s', async ([options, said, status]) => {
  expect((await lab.run(`passwd ${options ?? ''} al; passwd -S al`)).stdout).toBe(`${said ?? ''}${status ?? ''}\n`);
});

test('nobody becomes an account that has expired, not even root', async () => {
  const script = 'chage -E 2020-01-01 al; su al -c id; echo $?; chage -E -1 al; su al -c "id -un"';
  expect(await lab.run(script)).toEqual({
    stdout: '1\nal\n',
    stderr: 'Your account has expired; please contact your system administrator.\nsu: Authentication failure\n',
    code: 0,
  });
});
