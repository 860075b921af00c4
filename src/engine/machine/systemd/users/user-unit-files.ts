/** Unit files for users that every host has: the services of a login, and what a user's own manager starts. */
import type { FileTreeEntry } from '../../files/trees/file-tree.ts';

const file = (path: string, lines: readonly string[]): FileTreeEntry => ({
  path: `usr/lib/systemd/${path}`,
  type: 'file',
  text: `${lines.join('\n')}\n`,
});

const target = (name: string, description: string, settings: readonly string[]): FileTreeEntry =>
  file(`user/${name}.target`, [
    '[Unit]',
    `Description=${description}`,
    'Documentation=man:systemd.special(7)',
    ...settings,
  ]);

const MANAGER = [
  '[Unit]',
  'Description=User Manager for UID %i',
  'Documentation=man:user@.service(5)',
  'After=user-runtime-dir@%i.service',
  'Requires=user-runtime-dir@%i.service',
  'IgnoreOnIsolate=yes',
  '',
  '[Service]',
  'User=%i',
  'PAMName=systemd-user',
  'Type=notify-reload',
  'ExecStart=/usr/lib/systemd/systemd --user',
  'Slice=user-%i.slice',
  'KillMode=mixed',
  'Delegate=pids memory cpu',
  'TasksMax=infinity',
  'TimeoutStopSec=120s',
  'OOMScoreAdjust=100',
];

const RUNTIME_DIRECTORY = [
  '[Unit]',
  'Description=User Runtime Directory /run/user/%i',
  'Documentation=man:user@.service(5)',
  'After=systemd-logind.service dbus.service',
  'StopWhenUnneeded=yes',
  'IgnoreOnIsolate=yes',
  '',
  '[Service]',
  'ExecStart=/usr/lib/systemd/systemd-user-runtime-dir start %i',
  'ExecStop=/usr/lib/systemd/systemd-user-runtime-dir stop %i',
  'Type=oneshot',
  'RemainAfterExit=yes',
  'Slice=user-%i.slice',
];

export const USER_UNIT_ENTRIES: readonly FileTreeEntry[] = [
  file('system/user@.service', MANAGER),
  file('system/user-runtime-dir@.service', RUNTIME_DIRECTORY),
  target('basic', 'Basic System', [
    'Wants=sockets.target timers.target paths.target',
    'After=sockets.target timers.target paths.target',
  ]),
  target('default', 'Main User Target', ['Requires=basic.target', 'After=basic.target', 'AllowIsolate=yes']),
  target('paths', 'Paths', []),
  target('sockets', 'Sockets', []),
  target('timers', 'Timers', []),
  file('user/app.slice', ['[Unit]', 'Description=User Application Slice', 'Documentation=man:systemd.special(7)']),
  file('user/dbus.socket', [
    '[Unit]',
    'Description=D-Bus User Message Bus Socket',
    '',
    '[Socket]',
    'ListenStream=%t/bus',
  ]),
  file('user/dbus.service', [
    '[Unit]',
    'Description=D-Bus User Message Bus',
    'Documentation=man:dbus-daemon(1)',
    'Requires=dbus.socket',
    '',
    '[Service]',
    'Type=notify',
    'NotifyAccess=main',
    'ExecStart=/usr/bin/dbus-daemon --session --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only',
    'Slice=session.slice',
  ]),
  file('user/session.slice', ['[Unit]', 'Description=User Core Session Slice', 'Documentation=man:systemd.special(7)']),
  {
    path: 'usr/lib/systemd/user/sockets.target.wants/dbus.socket',
    type: 'symlink',
    target: '../dbus.socket',
  },
];
