/** Nice values of running processes. Source: util-linux 2.39 on Debian 12. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

test('renice changes the share of a running process; who may not is told why', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout, stderr } = await lab.run(`
    spin() { while :; do :; done; }
    spin & a=$!; spin & b=$!; spin & c=$!
    renice -n 19 -p $b | sed s/$b/B/
    sleep 10
    ps -o ni= -o time= -p $a,$b,$c
    kill $a $b $c
    renice 1 999999; renice soon 1; renice 3
    su -s /bin/bash nobody -c 'renice 5 1; sleep 9 & renice 5 $! >/dev/null; renice 3 $! 2>&1 | sed "s/for [0-9]*/for N/"'
    chrt -p 1; taskset -p 1; ionice -p 1
  `);
  expect(stdout.split('\n')).toEqual([
    'B (process ID) old priority 0, new priority 19',
    '  0 00:00:09',
    ' 19 00:00:00',
    '  0 00:00:09',
    'renice: failed to set priority for N (process ID): Permission denied',
    "pid 1's current scheduling policy: SCHED_OTHER",
    "pid 1's current scheduling priority: 0",
    "pid 1's current affinity mask: 3",
    'none: prio 0',
    '',
  ]);
  expect(stderr.split('\n')).toEqual([
    'renice: failed to get priority for 999999 (process ID): No such process',
    "renice: invalid priority 'soon'",
    "Try 'renice --help' for more information.",
    'renice: not enough arguments',
    "Try 'renice --help' for more information.",
    'renice: failed to set priority for 1 (process ID): Operation not permitted',
    '',
  ]);
});
