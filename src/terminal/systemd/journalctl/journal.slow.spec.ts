/** journalctl's filters and formats, at a terminal. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('matches, priorities, boots, the kernel and formats', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run('logger -p user.err -t lab broken; logger -t lab fine; modprobe br_netfilter');
  expect(await lab.run('journalctl -o cat SYSLOG_IDENTIFIER=lab -n 1; journalctl -o cat -t lab -p err')).toEqual([
    'fine',
    'broken',
  ]);
  expect(
    await lab.run('journalctl -o cat -p warning..err; journalctl -k -o cat -n 1; journalctl -F _TRANSPORT'),
  ).toEqual(['broken', 'Bridge firewalling registered', 'kernel', 'journal', 'stdout', 'syslog']);
  expect(await lab.run('journalctl -b -1; journalctl --vacuum-time=1d; journalctl -t lab -xo cat -n 1')).toEqual([
    'Data from the specified boot (-1) is not available: No such boot ID in journal',
    "drydock: 'journalctl --vacuum-time' is not simulated",
    'drydock: the explanations of -x (the message catalogue) are not simulated',
    'fine',
  ]);
  expect(
    await lab.run(
      [
        'logger -p local3.info -t other Third',
        'journalctl -q -o cat --facility=local3; journalctl -o cat -T systemd -T lab -n 1',
        'journalctl -q -o cat -g third --case-sensitive; journalctl -o cat -g THIRD --case-sensitive=no',
        'journalctl --facility=nosuch; journalctl -f -r; journalctl --case-sensitive=x -g a',
        'journalctl -t other -o export | grep FACILITY; journalctl -k -n 1 -o export | grep FACILITY',
      ].join('; '),
    ),
  ).toEqual([
    'Third',
    'Third',
    'Third',
    'Bad --facility= argument "nosuch".',
    'Please specify either --reverse= or --follow=, not both.',
    'Bad --case-sensitive= argument "x": Invalid argument',
    'SYSLOG_FACILITY=19',
    'SYSLOG_FACILITY=0',
  ]);
  expect(await lab.run("journalctl -t lab -n 1 -o json | jq -c '[.PRIORITY, ._TRANSPORT, .MESSAGE]'")).toEqual([
    '["5","syslog","fine"]',
  ]);
});
