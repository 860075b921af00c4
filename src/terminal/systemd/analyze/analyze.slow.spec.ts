/** systemd-analyze and systemd-cgtop. Source: systemd 255 src/analyze, src/cgtop. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

test('calendar, timespan, verify', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout, stderr, code } = await lab.run(`
    systemd-analyze calendar 'mon..fri 9,17:00' -n 2
    systemd-analyze timespan '1h 30m'
    printf '[Unit]\\nDescription x\\n[Servce]\\nA=b\\n[Service]\\nExecStart=/nosuch\\n' > /tmp/x.service
    systemd-analyze verify /tmp/x.service`);
  expect({ stdout: stdout.split('\n'), stderr: stderr.split('\n'), code }).toEqual({
    stdout: [
      '  Original form: mon..fri 9,17:00',
      'Normalized form: Mon..Fri *-*-* 09,17:00:00',
      '    Next elapse: Mon 2026-03-02 09:00:00 UTC',
      '       From now: 8h left',
      '   Iteration #2: Mon 2026-03-02 17:00:00 UTC',
      '       From now: 16h left',
      'Original: 1h 30m',
      '      μs: 5400000000',
      '   Human: 1h 30min',
      '',
    ],
    stderr: [
      "/tmp/x.service:2: Missing '=', ignoring line.",
      "/tmp/x.service:3: Unknown section 'Servce'. Ignoring.",
      'x.service: Command /nosuch is not executable: No such file or directory',
      '',
    ],
    code: 1,
  });
});

test('blame, and the chain that docker waits for', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout } = await lab.run('systemd-analyze blame; systemd-analyze critical-chain docker | tail -n +4');
  expect(stdout.split('\n')).toEqual([
    '600ms docker.service',
    'docker.service @0 +600ms',
    '└─docker.socket @0',
    '  └─sysinit.target @0',
    '    └─local-fs.target @0',
    '',
  ]);
});

test('groups by tasks: a group stands before those below it', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout } = await lab.run("systemd-cgtop -t --depth=1 -n 1 | awk '{print $1, $2, $3}'");
  expect(stdout.split('\n')).toEqual(['/ 15 -', 'system.slice 9 -', 'user.slice 5 -', 'init.scope 1 -', '']);
});
