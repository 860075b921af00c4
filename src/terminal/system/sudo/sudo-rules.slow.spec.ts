/** Rules of /etc/sudoers.d as a learner writes them. Texts: sudo 1.9. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

test('a command by another path of the same file, with a pattern; what cannot be read is told', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout, stderr } = await lab.run(`
    useradd -m -s /bin/bash bob
    echo 'bob ALL=(ALL) NOPASSWD: /bin/cat, /usr/bin/systemctl restart *' > /etc/sudoers.d/bob
    visudo -c
    chmod 440 /etc/sudoers.d/bob; visudo -c
    su bob -c 'sudo cat /etc/hostname; sudo systemctl restart cron; echo $?; sudo -n systemctl stop cron'
    echo 'bob ALL=(ALL' > /etc/sudoers.d/new; chmod 440 /etc/sudoers.d/new; visudo -c
    su bob -c 'sudo -n cat /etc/hostname'
    usermod -s /usr/sbin/nologin bob; su - bob; echo $?`);
  expect({ stdout: stdout.split('\n'), stderr: stderr.split('\n') }).toEqual({
    stdout: [
      '/etc/sudoers: parsed OK',
      '/etc/sudoers.d/90-cloud-init-users: parsed OK',
      '/etc/sudoers: parsed OK',
      '/etc/sudoers.d/90-cloud-init-users: parsed OK',
      '/etc/sudoers.d/bob: parsed OK',
      'docker-1',
      '0',
      'docker-1',
      'This account is currently not available.',
      '1',
      '',
    ],
    stderr: [
      '/etc/sudoers.d/bob: bad permissions, should be mode 0440',
      'sudo: a password is required',
      '/etc/sudoers.d/new:1:13: syntax error',
      'bob ALL=(ALL',
      '            ^',
      '/etc/sudoers.d/new:1:13: syntax error',
      'bob ALL=(ALL',
      '            ^',
      '',
    ],
  });
});
