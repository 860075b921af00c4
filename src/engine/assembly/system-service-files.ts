/**
 * Services that run on every Ubuntu server beside those that a lab is about: systemd's own, the message bus, rsyslog.
 * Models: unit files with the settings that are acted on, executables, links.
 * Leaves out: sandboxing, capabilities and watchdogs; packages that a lab's hosts do not have: systemd-resolved and
 * systemd-timesyncd (names are asked of the server in /etc/resolv.conf, the clock needs no help), polkitd, snapd,
 * unattended-upgrades; getty@tty1, as the machines have no virtual consoles (/dev/tty0).
 */
import { executableText } from '../../protocol/program.ts';
import type { FileTreeEntry } from '../machine/files/trees/file-tree.ts';

const DIRECTORY = 'usr/lib/systemd/system';
const CONFIGURED = 'etc/systemd/system';

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });
const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });
const program = (path: string): FileTreeEntry => ({
  path,
  type: 'file',
  text: executableText(path.slice(path.lastIndexOf('/') + 1)),
  size: 96_520,
  mode: 0o755,
});

const service = (
  name: string,
  [description, manual]: readonly [description: string, manual: string],
  before: string,
  settings: string,
): FileTreeEntry =>
  file(
    `${DIRECTORY}/${name}.service`,
    `[Unit]\nDescription=${description}\nDocumentation=man:${manual}\n${before}\n[Service]\n${settings}`,
  );

/** A vendor's own link: nothing that `systemctl enable` has made. */
const wants = (target: string, unit: string): FileTreeEntry =>
  link(`${DIRECTORY}/${target}.target.wants/${unit}`, `../${unit}`);

const DAEMON = 'usr/lib/systemd/systemd';
const OWN = (name: string): string => `ExecStart=/${DAEMON}-${name}\nType=notify\nRestart=always\n`;

export const SYSTEM_SERVICE_ENTRIES: readonly FileTreeEntry[] = [
  ...['', '-journald', '-udevd', '-logind', '-networkd', '-user-runtime-dir'].map((name) =>
    program(`${DAEMON}${name}`),
  ),
  ...['usr/bin/dbus-daemon', 'usr/sbin/rsyslogd'].map(program),
  service(
    'systemd-journald',
    ['Journal Service', 'systemd-journald.service(8) man:journald.conf(5)'],
    'DefaultDependencies=no\nBefore=sysinit.target\nIgnoreOnIsolate=yes\n',
    `${OWN('journald')}RestartSec=0\nOOMScoreAdjust=-250\n`,
  ),
  wants('sysinit', 'systemd-journald.service'),
  service(
    'systemd-udevd',
    ['Rule-based Manager for Device Events and Files', 'systemd-udevd.service(8) man:udev(7)'],
    'DefaultDependencies=no\nBefore=sysinit.target\n',
    `${OWN('udevd')}RestartSec=0\nKillMode=mixed\nOOMScoreAdjust=-1000\n`,
  ),
  wants('sysinit', 'systemd-udevd.service'),
  service(
    'systemd-logind',
    ['User Login Management', 'sd-login(3) man:systemd-logind.service(8) man:logind.conf(5)'],
    'After=nss-user-lookup.target user.slice dbus.service\nWants=dbus.service\n',
    `${OWN('logind')}RestartSec=0\nBusName=org.freedesktop.login1\n`,
  ),
  wants('multi-user', 'systemd-logind.service'),
  service(
    'systemd-networkd',
    ['Network Configuration', 'systemd-networkd.service(8)'],
    'DefaultDependencies=no\nAfter=systemd-udevd.service\nBefore=network.target multi-user.target shutdown.target\nConflicts=shutdown.target\nWants=network.target\n',
    `${OWN('networkd')}RestartSec=0\nUser=systemd-network\n\n[Install]\nWantedBy=multi-user.target\nAlias=dbus-org.freedesktop.network1.service\n`,
  ),
  service(
    'dbus',
    ['D-Bus System Message Bus', 'dbus-daemon(1)'],
    'Requires=dbus.socket\nAfter=dbus.socket\n',
    'Type=notify\nNotifyAccess=main\nExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only\nExecReload=/usr/bin/busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig\nOOMScoreAdjust=-900\nUser=messagebus\n',
  ),
  file(
    `${DIRECTORY}/dbus.socket`,
    '[Unit]\nDescription=D-Bus System Message Bus Socket\n\n[Socket]\nListenStream=/run/dbus/system_bus_socket\n',
  ),
  wants('sockets', 'dbus.socket'),
  wants('multi-user', 'dbus.service'),
  service(
    'rsyslog',
    ['System Logging Service', 'rsyslogd(8) man:rsyslog.conf(5)\nDocumentation=https://www.rsyslog.com/doc/'],
    '',
    'Type=notify\nExecStart=/usr/sbin/rsyslogd -n -iNONE\nStandardOutput=null\nRestart=on-failure\nLimitNOFILE=16384\n\n[Install]\nWantedBy=multi-user.target\nAlias=syslog.service\n',
  ),
  link(`${CONFIGURED}/multi-user.target.wants/rsyslog.service`, '/usr/lib/systemd/system/rsyslog.service'),
  link(`${CONFIGURED}/syslog.service`, '/usr/lib/systemd/system/rsyslog.service'),
];
