/** systemd-run. Source: systemd 255, src/run/run.c; messages of options recorded from systemd-run 252. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const withoutId = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/; invocation ID: [0-9a-f]{32}$/, '; ID').replace(/run-u\d+/, 'run-uN'));

test('a command as a service: its end, its status, its output', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    withoutId(
      await lab.run(
        'systemd-run --wait -p MemoryMax=100M -p Environment=A=1 sh -c \'test "$A" = 1 && exit 3\'; echo $?; echo hello | systemd-run -P -q tr a-z A-Z; systemd-run --unit=web --description="My web" sleep 100; systemctl cat web; systemctl stop web; systemctl cat web',
      ),
    ),
  ).toEqual([
    'Running as unit: run-uN.service; ID',
    'Finished with result: exit-code',
    'Main processes terminated with: code=exited/status=3',
    'Service runtime: 0',
    'CPU time consumed: 0',
    '3',
    'HELLO',
    'Running as unit: web.service; ID',
    '# /run/systemd/transient/web.service',
    '# This is a transient unit file, created programmatically via the systemd API. Do not edit.',
    '[Unit]',
    'Description=My web',
    '',
    '[Service]',
    'ExecStart="/usr/bin/sleep" "100"',
    'No files found for web.service.',
  ]);
});

test('a scope has the command as it stands; a timer starts it later and goes', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    withoutId(
      await lab.run(
        'systemd-run --scope -q --unit=box --slice=lab.slice cat /proc/self/cgroup; systemd-run --on-active=30 --unit=late touch /tmp/late; systemctl list-timers | head -2; sleep 40; ls /tmp/late; systemctl is-active late.timer',
        50,
      ),
    ),
  ).toEqual([
    '0::/lab.slice/box.scope',
    'Running timer as unit: late.timer',
    'Will run service as unit: late.service',
    'NEXT                        LEFT LAST PASSED UNIT       ACTIVATES',
    'Mon 2026-03-02 00:00:31 UTC  29s -         - late.timer late.service',
    '/tmp/late',
    'inactive',
  ]);
});

test.each([
  ['systemd-run', 'Command line to execute required.'],
  ['systemd-run --scope -P ls', '--pty/--pipe is not compatible in timer or --scope mode.'],
  ['systemd-run --wait --scope ls', '--wait may not be combined with --scope.'],
  ['systemd-run -p Foo=1 ls', 'Unknown assignment: Foo=1'],
  ['systemd-run nosuch', 'Failed to find executable nosuch: No such file or directory'],
  ['systemd-run --nope', "systemd-run: unrecognized option '--nope'"],
  ['systemd-run -t bash', "drydock: 'systemd-run -t' is not simulated"],
])('%s', async (line, message) => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(await lab.run(`${line}; echo $?`)).toEqual([message, '1']);
});
