/** Users, groups, ages of passwords and sudo on a host. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('useradd -m -s /bin/bash alice; echo alice:secret | chpasswd');
});
const asAlice = (command: string): string => `su - alice -c '${command}'`;

test.for([
  { command: 'gpasswd -a alice docker; id -nG alice', stdout: 'Adding user alice to group docker\nalice docker\n' },
  { command: asAlice('sg docker "id -gn"'), stdout: 'docker\n' },
  { command: 'gpasswd -d alice docker', stdout: 'Removing user alice from group docker\n' },
  {
    command: 'gpasswd -d alice docker',
    stdout: 'Removing user alice from group docker\n',
    stderr: "gpasswd: user 'alice' is not a member of 'docker'\n",
    code: 3,
  },
  { command: asAlice('gpasswd -a alice docker'), stderr: 'gpasswd: Permission denied.\n', code: 1 },
  { command: asAlice('newgrp docker </dev/null'), stderr: 'Password: Invalid password.\n', code: 1 },
  {
    command: 'chage -M 90 -W 14 -E 2026-12-31 alice; chage -l alice; passwd -S alice',
    stdout: `Last password change					: Mar 02, 2026
Password expires					: May 31, 2026
Password inactive					: never
Account expires						: Dec 31, 2026
Minimum number of days between password change		: 0
Maximum number of days between password change		: 90
Number of days of warning before password expires	: 14
alice P 2026-03-02 0 90 14 -1
`,
  },
  { command: asAlice('chage -l root'), stderr: 'chage: Permission denied.\n', code: 1 },
  { command: asAlice('capsh --print | head -n 1'), stdout: 'Current: =\n' },
  { command: asAlice('mount -t tmpfs x /mnt'), stderr: 'mount: /mnt: must be superuser to use mount.\n', code: 1 },
  {
    command: asAlice('date -s 2020-01-01'),
    stdout: 'Wed Jan  1 00:00:00 UTC 2020\n',
    stderr: 'date: cannot set date: Operation not permitted\n',
    code: 1,
  },
])('$command', async ({ command, stdout = '', stderr = '', code = 0 }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr, code });
});

test('adduser asks for a password and for details', async () => {
  const { stderr } = await lab.run("printf 'pw\\npw\\nFull Name\\n\\n\\n\\n\\ny\\n' | adduser carol");
  expect(stderr).toBe(`info: Adding user \`carol' ...
info: Selecting UID/GID from range 1000 to 59999 ...
info: Adding new group \`carol' (1002) ...
info: Adding new user \`carol' (1002) with group \`carol (1002)' ...
info: Creating home directory \`/home/carol' ...
info: Copying files from \`/etc/skel' ...
New password: Retype new password: passwd: password updated successfully
Changing the user information for carol
Enter the new value, or press ENTER for the default
\tFull Name []: \tRoom Number []: \tWork Phone []: \tHome Phone []: \tOther []: Is the information correct? [Y/n] info: Adding new user \`carol' to supplemental / extra groups \`users' ...
info: Adding user \`carol' to group \`users' ...
`);
  expect((await lab.run('getent passwd carol; id -nG carol')).stdout).toBe(
    'carol:x:1002:1002:Full Name,,,:/home/carol:/bin/bash\ncarol users\n',
  );
  expect((await lab.run('deluser --remove-home carol; ls /home')).stdout).toBe('alice\nubuntu\n');
});

const PROMPT = '[sudo] password for alice: ';
test('sudo: who is not in sudoers, what is not allowed, a password that is remembered until -k', async () => {
  expect(await lab.run(asAlice('echo secret | sudo -S id'))).toEqual({
    stdout: '',
    stderr: `${PROMPT}alice is not in the sudoers file.\n`,
    code: 1,
  });
  await lab.run('echo "alice ALL=(root) /usr/bin/id" > /etc/sudoers.d/alice');
  const script = 'sudo -k; echo secret | sudo -S ls /root; sudo id -u; sudo -k; sudo -n id -u';
  expect(await lab.run(asAlice(script))).toEqual({
    stdout: '0\n',
    stderr: `${PROMPT}Sorry, user alice is not allowed to execute '/usr/bin/ls /root' as root on docker-1.\nsudo: a password is required\n`,
    code: 1,
  });
  expect((await lab.run(asAlice('echo wrong | sudo -S id'))).stderr).toBe(
    `${PROMPT}Sorry, try again.\n${PROMPT}sudo: 1 incorrect password attempt\n`,
  );
  expect((await lab.run('sudo -l -U nobody')).stdout).toBe('User nobody is not allowed to run sudo on docker-1.\n');
});
