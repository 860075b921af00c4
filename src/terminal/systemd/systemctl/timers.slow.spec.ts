/** Timers as systemctl shows them. Layout: systemd 255, systemctl-list-units.c and systemctl-show.c. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('a timer is enabled, waits, starts its service and is stopped', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run(
    [
      'cd /etc/systemd/system',
      String.raw`printf '[Unit]\nDescription=Backup\n[Service]\nType=oneshot\nExecStart=/bin/echo saved\n' > backup.service`,
      String.raw`printf '[Timer]\nOnCalendar=*:0/20\n[Install]\nWantedBy=timers.target\n' > backup.timer`,
    ].join('; '),
  );
  expect(await lab.run('systemctl enable --now backup.timer; systemctl list-timers; systemctl list-sockets')).toEqual([
    'Created symlink /etc/systemd/system/timers.target.wants/backup.timer → /etc/systemd/system/backup.timer.',
    'NEXT                         LEFT LAST PASSED UNIT         ACTIVATES',
    'Mon 2026-03-02 00:20:00 UTC 19min -         - backup.timer backup.service',
    '',
    '1 timers listed.',
    'Pass --all to see loaded but inactive timers, too.',
    'LISTEN                      UNIT          ACTIVATES',
    '/run/dbus/system_bus_socket dbus.socket   dbus.service',
    '/run/docker.sock            docker.socket docker.service',
    '',
    '2 sockets listed.',
    'Pass --all to see loaded but inactive sockets, too.',
  ]);
  await lab.run('sleep 1500', 1510);
  expect(
    await lab.run('systemctl list-timers --no-pager; systemctl status backup.timer; systemctl status backup'),
  ).toEqual([
    'NEXT                         LEFT LAST                          PASSED UNIT         ACTIVATES',
    'Mon 2026-03-02 00:40:00 UTC 14min Mon 2026-03-02 00:20:00 UTC 5min ago backup.timer backup.service',
    '',
    '1 timers listed.',
    'Pass --all to see loaded but inactive timers, too.',
    '● backup.timer',
    '     Loaded: loaded (/etc/systemd/system/backup.timer; enabled; preset: enabled)',
    '     Active: active (waiting) since Mon 2026-03-02 00:00:11 UTC; 25min ago',
    '    Trigger: Mon 2026-03-02 00:40:00 UTC; 14min left',
    '   Triggers: ○ backup.service',
    '',
    'Mar 02 00:00:11 docker-1 systemd[1]: Started backup.timer.',
    '○ backup.service - Backup',
    '     Loaded: loaded (/etc/systemd/system/backup.service; static)',
    '     Active: inactive (dead) since Mon 2026-03-02 00:20:00 UTC; 5min ago',
    'TriggeredBy: ● backup.timer',
    '    Process: 23 ExecStart=/bin/echo saved (code=exited, status=0/SUCCESS)',
    '   Main PID: 23 (code=exited, status=0/SUCCESS)',
    '        CPU: 0',
    '',
    'Mar 02 00:20:00 docker-1 systemd[1]: Starting backup.service - Backup...',
    'Mar 02 00:20:00 docker-1 echo[23]: saved',
    'Mar 02 00:20:00 docker-1 systemd[1]: backup.service: Deactivated successfully.',
    'Mar 02 00:20:00 docker-1 systemd[1]: Finished backup.service - Backup.',
  ]);
  expect(await lab.run('systemctl stop backup.timer; systemctl list-timers --all')).toEqual([
    'NEXT LEFT LAST                          PASSED UNIT         ACTIVATES',
    '-       - Mon 2026-03-02 00:20:00 UTC 5min ago backup.timer backup.service',
    '',
    '1 timers listed.',
  ]);
});
