import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const printed = (lab: LabTerminal): string => lab.printed().replaceAll(/\x1b\[\?2004[lh]/g, '');
test('a first connection asks, a wrong password is asked for again, the key is remembered under a hashed name', async () => {
  const lab = await LabTerminal.open('machines-3', 'machine-1');
  await lab.run("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519", 1);
  await lab.type('ssh ubuntu@machine-2\r');
  const asked = printed(lab);
  expect(
    asked
      .replace(/SHA256:\S+\./, 'SHA256:….')
      .replaceAll('\r', '')
      .split('\n')
      .slice(-4),
  ).toEqual([
    "The authenticity of host 'machine-2 (192.168.56.11)' can't be established.",
    'ED25519 key fingerprint is SHA256:….',
    'This key is not known by any other names.',
    'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
  ]);
  await lab.type('maybe\r');
  expect(printed(lab)).toBe("maybe\r\nPlease type 'yes', 'no' or the fingerprint: ");
  await lab.type('yes\r');
  expect(printed(lab)).toBe(
    "yes\r\nWarning: Permanently added 'machine-2' (ED25519) to the list of known hosts.\r\r\nubuntu@machine-2's password: ",
  );
  await lab.type('wrong\r', 3);
  expect(printed(lab)).toBe("\r\nPermission denied, please try again.\r\r\nubuntu@machine-2's password: ");
  await lab.type('wrong\r', 3);
  await lab.type('wrong\r', 3);
  expect(lab.printed().split('\r\n').slice(-2)[0]).toBe('ubuntu@machine-2: Permission denied (publickey,password).\r');
  expect(await lab.run('echo $?; cut -c1-3 ~/.ssh/known_hosts', 1)).toEqual(['255', '|1|']);
});

test('root comes in by key alone until sshd_config says otherwise and sshd is restarted', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const steps: readonly (readonly [line: string, printed: readonly string[]])[] = [
    ['ssh worker-1 hostname', ['worker-1']],
    ["ssh worker-1 'echo out; echo err >&2; exit 7'; echo $?", ['out', 'err', '7']],
    ['ssh worker-1 "echo \'PermitRootLogin no\' > /etc/ssh/sshd_config.d/root.conf; systemctl reload ssh"', []],
    ['ssh -o BatchMode=yes worker-1 true; echo $?', ['root@worker-1: Permission denied (publickey,password).', '255']],
    ['ssh -o BatchMode=yes worker-2 chmod 777 /root/.ssh', []],
    ['ssh -o BatchMode=yes worker-2 true; echo $?', ['root@worker-2: Permission denied (publickey,password).', '255']],
    ['chmod 644 ~/.ssh/id_ed25519; ssh -o BatchMode=yes worker-1 2>&1 | grep -c bad.permissions', ['1']],
    ['ssh -p 23 worker-1', ['ssh: connect to host worker-1 port 23: Connection refused']],
    ['ssh -D 1080 worker-1', ["drydock: 'ssh -D' is not simulated"]],
  ];
  for (const [line, lines] of steps) expect([line, await lab.run(line, 3)]).toEqual([line, lines]);
});

test('another host key than before closes the door until it is removed', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  await lab.run("sed -i '/^worker-1/{s/^worker-1/tmp/};s/^worker-2/worker-1/' ~/.ssh/known_hosts", 1);
  const warning = await lab.run('ssh worker-1', 1);
  expect(warning.map((line) => line.replace(/SHA256:\S+/, 'SHA256:…'))).toEqual([
    '@'.repeat(59),
    '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
    '@'.repeat(59),
    'IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!',
    'Someone could be eavesdropping on you right now (man-in-the-middle attack)!',
    'It is also possible that a host key has just been changed.',
    'The fingerprint for the ED25519 key sent by the remote host is',
    'SHA256:…',
    'Please contact your system administrator.',
    'Add correct host key in /root/.ssh/known_hosts to get rid of this message.',
    'Offending ED25519 key in /root/.ssh/known_hosts:3',
    '  remove with:',
    "  ssh-keygen -f '/root/.ssh/known_hosts' -R 'worker-1'",
    'Host key for worker-1 has changed and you have requested strict checking.',
    'Host key verification failed.',
  ]);
  expect(await lab.run('ssh-keygen -R worker-1', 1)).toEqual([
    '# Host worker-1 found: line 3',
    '/root/.ssh/known_hosts updated.',
    'Original contents retained as /root/.ssh/known_hosts.old',
  ]);
  await lab.type('ssh worker-1\r');
  expect(printed(lab)).toContain('    ~/.ssh/known_hosts:2: tmp,192.168.56.11\r\n');
  await lab.keys('\x03');
  expect(await lab.run('stty -a | grep -c " echo "', 1)).toEqual(['1']);
});

test('a session has a terminal, its window size and ^C', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  await lab.type('ssh worker-1\r', 2);
  expect(await lab.run('tty; echo $SSH_TTY; stty size', 1)).toEqual(['/dev/pts/0', '/dev/pts/0', '24 80']);
  await lab.type('sleep 100\r');
  await lab.keys('\x03');
  expect(await lab.run('echo $?', 1)).toEqual(['130']);
  expect(await lab.run('exit', 1)).toEqual(['logout', 'Connection to worker-1 closed.']);
});

test('ssh-copy-id installs a key once, with the password, and then the key is enough', async () => {
  const lab = await LabTerminal.open('machines-3', 'machine-1');
  await lab.run('useradd -m -s /bin/bash ann; echo ann:secret | chpasswd', 1);
  await lab.run("ssh-keygen -q -t rsa -b 1024 -N '' -f ~/.ssh/id_rsa", 3);
  const copy = 'ssh-copy-id -o StrictHostKeyChecking=accept-new ann@localhost';
  await lab.type(`${copy}\r`, 3);
  await lab.type('secret\r', 3);
  const said = printed(lab).replaceAll('\r', '').split('\n');
  expect(said.filter((line) => /INFO: [^a]|Number|Now try/.test(line))).toEqual([
    '/usr/bin/ssh-copy-id: INFO: Source of key(s) to be installed: "/root/.ssh/id_rsa.pub"',
    '/usr/bin/ssh-copy-id: INFO: 1 key(s) remain to be installed -- if you are prompted now it is to install the new keys',
    'Number of key(s) added: 1',
    `Now try logging into the machine, with:   "ssh -o 'StrictHostKeyChecking=accept-new' 'ann@localhost'"`,
  ]);
  expect(await lab.run('ssh ann@localhost "id -un; stat -c %a .ssh .ssh/authorized_keys"', 1)).toEqual([
    'ann',
    '700',
    '600',
  ]);
  expect((await lab.run(copy, 3)).slice(2)).toEqual([
    '',
    '/usr/bin/ssh-copy-id: WARNING: All keys were skipped because they already exist on the remote system.',
    '\t\t(if you think this is a mistake, you may want to use -f option)',
    '',
  ]);
});
