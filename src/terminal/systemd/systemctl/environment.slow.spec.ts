/** The environment that process 1 gives to services. Messages: systemd 255, systemctl-set-environment.c, dbus-manager.c. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

test('what is set is shown and given to services until it is unset', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.run("systemctl set-environment A=1 'B=x y'; systemctl show-environment; systemd-run -P -q printenv A B"),
  ).toEqual(['A=1', "B=$'x y'", 'LANG=C.UTF-8', PATH, '1', 'x y']);
  expect(
    await lab.run(
      'systemctl unset-environment A B=z; FOO=7 systemctl import-environment FOO BAR; systemctl show-environment; systemctl set-environment 1=2',
    ),
  ).toEqual([
    'Environment variable $BAR not set, ignoring.',
    "B=$'x y'",
    'FOO=7',
    'LANG=C.UTF-8',
    PATH,
    'Failed to set environment: Invalid environment assignments',
  ]);
});
