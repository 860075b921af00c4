/** journald, rsyslog and logind as services: what their being down changes. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('every host runs the services of an Ubuntu server', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.run('systemctl list-units --type service --state running --plain --no-legend | cut -d" " -f1'),
  ).toEqual([
    'containerd.service',
    'cron.service',
    'dbus.service',
    'docker.service',
    'rsyslog.service',
    'ssh.service',
    'systemd-journald.service',
    'systemd-logind.service',
    'systemd-udevd.service',
    'user@0.service',
  ]);
  expect(await lab.run('ps -ww -o user:16,args -p $(pidof dbus-daemon),$(pidof rsyslogd) --no-headers')).toEqual([
    'root             /usr/sbin/rsyslogd -n -iNONE',
    'messagebus       /usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only',
  ]);
});

test('rsyslog writes what comes, and what came while it was stopped; journald is started by its sockets unless it is masked', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const log = "cut -d' ' -f2- /var/log/syslog | tail -n";
  expect(
    await lab.run(
      `logger -t lab one; logger -p auth.info -t lab two; sleep 1; ${log} 1; cut -d' ' -f2- /var/log/auth.log | tail -n 1`,
    ),
  ).toEqual(['docker-1 lab: one', 'docker-1 lab: two']);
  expect(await lab.run(`systemctl stop rsyslog; logger -t lab three; sleep 1; ${log} 1`)).toEqual([
    'docker-1 lab: one',
  ]);
  expect(await lab.run(`systemctl start rsyslog; sleep 1; ${log} 2`)).toEqual([
    'docker-1 lab: three',
    'docker-1 systemd[1]: Started rsyslog.service - System Logging Service.',
  ]);
  expect(
    await lab.run(
      'systemctl stop systemd-journald; logger -t lab four; sleep 1; systemctl is-active systemd-journald; journalctl -t lab -n1 -o cat',
    ),
  ).toEqual(['active', 'four']);
  expect(
    await lab.run(
      'systemctl mask --now systemd-journald; logger -t lab five; sleep 1; systemctl is-active systemd-journald; journalctl -t lab -n1 -o cat',
    ),
  ).toEqual(['Created symlink /etc/systemd/system/systemd-journald.service → /dev/null.', 'inactive', 'four']);
  expect(
    await lab.run('systemctl unmask systemd-journald; systemctl start systemd-journald; journalctl -t lab -n1 -o cat'),
  ).toEqual(['Removed "/etc/systemd/system/systemd-journald.service".', 'five']);
});

test('a login starts logind; where it is masked there is no session', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const login = "ssh worker-1 'echo id:$XDG_SESSION_ID'";
  expect(
    await lab.run(
      `ssh worker-1 systemctl stop systemd-logind; ${login}; ssh worker-1 systemctl is-active systemd-logind`,
    ),
  ).toEqual(['id:2', 'active']);
  expect(await lab.run(`ssh worker-1 systemctl mask --now systemd-logind; ${login}`)).toEqual([
    'Created symlink /etc/systemd/system/systemd-logind.service → /dev/null.',
    'id:',
  ]);
});
