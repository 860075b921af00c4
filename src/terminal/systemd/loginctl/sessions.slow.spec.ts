/** Where logins live, as somebody at a terminal and over ssh sees it. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('a login over ssh is a session of its own, in every tool that shows it', async () => {
  const lab = await LabTerminal.open('machines-3', 'machine-1');
  expect(await lab.run('cat /proc/self/cgroup; systemctl show user-0.slice -p TasksMax --value')).toEqual([
    '0::/user.slice/user-0.slice/session-1.scope',
    '20932',
  ]);
  await lab.run("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub > /tmp/key");
  await lab.run(
    'useradd -m -s /bin/bash ann; mkdir ~ann/.ssh; cp /tmp/key ~ann/.ssh/authorized_keys; chown -R ann ~ann',
  );
  await lab.run('ssh -o StrictHostKeyChecking=no ann@machine-1', 3);
  expect(await lab.run('cat /proc/self/cgroup; loginctl')).toEqual([
    '0::/user.slice/user-1001.slice/session-2.scope',
    'SESSION  UID USER SEAT TTY   STATE  IDLE SINCE',
    '      1    0 root -    pts/0 active no   -',
    '      2 1001 ann  -    pts/1 active no   -',
    '',
    '2 sessions listed.',
  ]);
  expect(await lab.run('systemctl stop session-1.scope')).toEqual([
    'Failed to stop session-1.scope: Interactive authentication required.',
    "See system logs and 'systemctl status session-1.scope' for details.",
  ]);
  await lab.run('exit', 15);
  expect(await lab.run('loginctl list-users; systemctl is-active user-1001.slice')).toEqual([
    'UID USER LINGER STATE',
    '  0 root no     active',
    '',
    '1 users listed.',
    'inactive',
  ]);
});
