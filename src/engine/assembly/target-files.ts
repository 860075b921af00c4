/** Targets that a boot passes through and the slice of users, as Ubuntu's systemd has them; the default one is graphical.target, on servers too. */
import type { FileTreeEntry } from '../machine/files/trees/file-tree.ts';

const DIRECTORY = 'usr/lib/systemd/system';

const target = (name: string, description: string, settings: readonly string[]): FileTreeEntry => ({
  path: `${DIRECTORY}/${name}.target`,
  type: 'file',
  text: `[Unit]\nDescription=${description}\nDocumentation=man:systemd.special(7)\n${settings.map((line) => `${line}\n`).join('')}`,
});

/** The shell of a mode of the system that is there for repairs. */
const maintenanceService = (mode: string, description: string, settings: readonly string[]): FileTreeEntry => ({
  path: `${DIRECTORY}/${mode}.service`,
  type: 'file',
  text: `[Unit]
Description=${description}
Documentation=man:sulogin(8)
DefaultDependencies=no
${settings.map((line) => `${line}\n`).join('')}
[Service]
Environment=HOME=/root
WorkingDirectory=-/root
ExecStart=-/usr/lib/systemd/systemd-sulogin-shell ${mode}
Type=idle
StandardInput=tty-force
StandardOutput=inherit
StandardError=inherit
KillMode=process
IgnoreSIGPIPE=no
SendSIGHUP=yes
`,
});

export const TARGET_ENTRIES: readonly FileTreeEntry[] = [
  target('sysinit', 'System Initialization', [
    'Wants=local-fs.target',
    'After=local-fs.target',
    'Conflicts=emergency.service emergency.target',
  ]),
  target('local-fs', 'Local File Systems', [
    'DefaultDependencies=no',
    'OnFailure=emergency.target',
    'OnFailureJobMode=replace-irreversibly',
  ]),
  target('remote-fs', 'Remote File Systems', ['DefaultDependencies=no', '', '[Install]', 'WantedBy=multi-user.target']),
  target('rescue', 'Rescue Mode', [
    'Requires=sysinit.target rescue.service',
    'After=sysinit.target rescue.service',
    'AllowIsolate=yes',
  ]),
  target('emergency', 'Emergency Mode', ['Requires=emergency.service', 'After=emergency.service', 'AllowIsolate=yes']),
  maintenanceService('rescue', 'Rescue Shell', ['After=sysinit.target']),
  maintenanceService('emergency', 'Emergency Shell', ['Conflicts=rescue.service', 'Before=rescue.service']),
  target('paths', 'Path Units', ['DefaultDependencies=no']),
  target('slices', 'Slice Units', ['DefaultDependencies=no']),
  target('sockets', 'Socket Units', ['DefaultDependencies=no']),
  target('timers', 'Timer Units', ['DefaultDependencies=no']),
  target('basic', 'Basic System', [
    'Requires=sysinit.target',
    'Wants=sockets.target timers.target paths.target slices.target',
    'After=sysinit.target sockets.target paths.target slices.target',
  ]),
  target('multi-user', 'Multi-User System', ['Requires=basic.target', 'After=basic.target', 'AllowIsolate=yes']),
  target('graphical', 'Graphical Interface', [
    'Requires=multi-user.target',
    'After=multi-user.target',
    'AllowIsolate=yes',
  ]),
  {
    path: `${DIRECTORY}/user.slice`,
    type: 'file',
    text: '[Unit]\nDescription=User and Session Slice\nDocumentation=man:systemd.special(7)\nBefore=slices.target\n',
  },
  { path: `${DIRECTORY}/user-.slice.d`, type: 'directory' },
  {
    path: `${DIRECTORY}/user-.slice.d/10-defaults.conf`,
    type: 'file',
    text: '[Unit]\nDescription=User Slice of UID %j\nDocumentation=man:user@.service(5)\nStopWhenUnneeded=yes\n\n[Slice]\nTasksMax=33%\n',
  },
  {
    path: 'etc/systemd/system/multi-user.target.wants/remote-fs.target',
    type: 'symlink',
    target: '/usr/lib/systemd/system/remote-fs.target',
  },
  { path: `${DIRECTORY}/default.target`, type: 'symlink', target: 'graphical.target' },
];
