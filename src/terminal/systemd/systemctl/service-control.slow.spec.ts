/** Services by other doors: service, systemctl edit, trees of groups and dependencies, a daemon's configuration. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('systemctl edit writes a drop-in that holds after the restart', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run(
    `printf '#!/bin/sh\\nsed -i "4s/.*/[Service]\\\\nEnvironment=EXTRA_OPTS=-L/" $1\\n' > /tmp/ed; chmod +x /tmp/ed`,
  );
  expect(
    await lab.run('EDITOR=/tmp/ed systemctl edit cron; cat /etc/systemd/system/cron.service.d/override.conf'),
  ).toEqual([
    "Successfully installed edited file '/etc/systemd/system/cron.service.d/override.conf'.",
    '[Service]',
    'Environment=EXTRA_OPTS=-L',
  ]);
  expect(await lab.run('service cron restart; ps -o args= -C cron; EDITOR=true systemctl edit ssh')).toEqual([
    '/usr/sbin/cron -f -P -L',
    '/etc/systemd/system/ssh.service.d/override.conf: after editing, new contents are empty, not writing file.',
  ]);
});

test('dependencies, groups and the state of the whole', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(await lab.run('systemctl list-dependencies; systemctl is-system-running')).toEqual([
    'default.target',
    '● └─multi-user.target',
    '●   ├─basic.target',
    '●   │ ├─paths.target',
    '●   │ ├─slices.target',
    '●   │ ├─sockets.target',
    '●   │ │ ├─dbus.socket',
    '●   │ │ └─docker.socket',
    '●   │ ├─sysinit.target',
    '●   │ │ ├─local-fs.target',
    '●   │ │ ├─systemd-journald.service',
    '●   │ │ └─systemd-udevd.service',
    '●   │ └─timers.target',
    '●   ├─containerd.service',
    '●   ├─cron.service',
    '●   ├─dbus.service',
    '●   ├─docker.service',
    '●   ├─remote-fs.target',
    '●   ├─rsyslog.service',
    '●   ├─ssh.service',
    '●   └─systemd-logind.service',
    'running',
  ]);
  expect(await lab.run('systemd-cgls > /tmp/tree; grep -A1 cron.service /tmp/tree')).toEqual([
    '│ ├─cron.service',
    '│ │ └─5 /usr/sbin/cron -f -P',
  ]);
});

test('dockerd: the bridge and the pools of daemon.json', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run(
    `echo '{"bip":"10.200.0.1/24","default-address-pools":[{"base":"10.30.0.0/16","size":24}],"mtu":1400}' > /etc/docker/daemon.json; systemctl restart docker; docker network create n`,
    30,
  );
  expect(
    await lab.run(
      "ip -br addr show docker0; docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' n; journalctl -u docker -o cat | grep drydock",
    ),
  ).toEqual([
    'docker0          DOWN           10.200.0.1/24 ',
    '10.30.0.0/24',
    "drydock: 'mtu' of daemon.json is not simulated",
  ]);
});

test('the default target is a link that set-default changes', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.run(
      'systemctl get-default; systemctl set-default multi-user; systemctl get-default; systemctl set-default graphical.target; systemctl set-default ssh.service; systemctl set-default none; systemctl list-unit-files -t target',
    ),
  ).toEqual([
    'graphical.target',
    'Created symlink /etc/systemd/system/default.target → /usr/lib/systemd/system/multi-user.target.',
    'multi-user.target',
    'Removed "/etc/systemd/system/default.target".',
    'Created symlink /etc/systemd/system/default.target → /usr/lib/systemd/system/graphical.target.',
    'Failed to set default target: Invalid argument',
    'Failed to set default target: Unit file none.target does not exist.',
    'UNIT FILE         STATE   PRESET',
    'basic.target      static  -',
    'default.target    alias   -',
    'emergency.target  static  -',
    'graphical.target  static  -',
    'local-fs.target   static  -',
    'multi-user.target static  -',
    'paths.target      static  -',
    'remote-fs.target  enabled enabled',
    'rescue.target     static  -',
    'slices.target     static  -',
    'sockets.target    static  -',
    'sysinit.target    static  -',
    'timers.target     static  -',
    '',
    '13 unit files listed.',
  ]);
});
