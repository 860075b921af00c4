/** Verbs for control groups and directories of units. Messages: systemd 255, src/core/dbus-unit.c. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const UNIT =
  '[Service]\\nExecStart=/bin/sh -c "while sleep 1; do date +%%s >> /tmp/ticks; done"\\nRuntimeDirectory=tick\\nStateDirectory=tick\\nCacheDirectory=tick\\n';

test('a frozen unit stands still until it is thawed, or a job comes', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped(
    `printf '${UNIT}' > /etc/systemd/system/tick.service; systemctl daemon-reload; systemctl start tick`,
  );
  expect(
    await lab.runPiped(
      'systemctl freeze tick; wc -l < /tmp/ticks > /tmp/before; sleep 5; wc -l < /tmp/ticks | diff - /tmp/before && echo still; systemctl status tick | grep -o "(running).*since"; cat /sys/fs/cgroup/system.slice/tick.service/cgroup.freeze; systemctl thaw tick; sleep 3; wc -l < /tmp/ticks | diff -q - /tmp/before; systemctl freeze tick; systemctl stop tick; systemctl is-active tick; systemctl freeze tick; systemctl freeze basic.target',
      30,
    ),
  ).toEqual([
    'still',
    '(running) (frozen) since',
    '1',
    'Files - and /tmp/before differ',
    'inactive',
    'Failed to freeze unit tick.service: Unit is inactive.',
    "Failed to freeze unit basic.target: Unit 'basic.target' does not support freezing.",
  ]);
});

test('whoami', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(await lab.runPiped('systemctl whoami; systemctl whoami 1 $(pidof cron); systemctl whoami 99999')).toEqual([
    'session-1.scope',
    'init.scope',
    'cron.service',
    'Failed to get unit for PID 99999: PID 99999 does not belong to any loaded unit.',
  ]);
});

test('clean removes what a unit that is down has left', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped(
    `printf '${UNIT}' > /etc/systemd/system/tick.service; systemctl daemon-reload; systemctl start tick`,
  );
  expect(
    await lab.runPiped(
      'systemctl clean tick; systemctl stop tick; systemctl clean tick; ls -d /var/cache/tick /var/lib/tick; systemctl clean --what=state tick; ls -d /var/lib/tick; systemctl clean cron; systemctl clean basic.target; systemctl list-automounts --all',
    ),
  ).toEqual([
    'Failed to clean unit tick.service: Unit is not inactive or has pending job.',
    "ls: cannot access '/var/cache/tick': No such file or directory",
    '/var/lib/tick',
    "ls: cannot access '/var/lib/tick': No such file or directory",
    'Failed to clean unit cron.service: Unit is not inactive or has pending job.',
    "Failed to clean unit basic.target: Unit 'basic.target' does not support cleaning.",
    'WHAT WHERE MOUNTED IDLE TIMEOUT UNIT',
    '',
    '0 automounts listed.',
  ]);
});
