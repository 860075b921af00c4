/** Control groups on a live host: by hand under /sys/fs/cgroup, and by libcgroup's tools. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
});

/** Both streams as lines. */
async function lines(script: string): Promise<readonly string[]> {
  return (await lab.run(`exec 2>&1; cd /sys/fs/cgroup; ${script}`)).stdout.split('\n').slice(0, -1);
}

test.for([
  {
    given: 'a group below another has the controllers that were handed on',
    script:
      'mkdir -p a/b; ls a/b | grep -c memory; echo +memory > a/cgroup.subtree_control; cat a/b/cgroup.controllers a/b/memory.max; rmdir a/b a',
    expected: ['0', 'memory', 'max'],
  },
  {
    given: 'a controller that does not exist, and one that was not handed on',
    script: 'mkdir -p a/b; echo +x > a/cgroup.subtree_control; echo +cpu > a/b/cgroup.subtree_control; rmdir a/b a',
    expected: [
      'bash: line 1: echo: write error: Invalid argument',
      'bash: line 1: echo: write error: No such file or directory',
    ],
  },
  {
    given: 'no processes where controllers are handed on',
    script:
      'mkdir -p a/b; echo +cpu > a/cgroup.subtree_control; echo $$ > a/cgroup.procs; echo $$ > a/b/cgroup.procs; cat /proc/self/cgroup; rmdir a/b; echo $$ > cgroup.procs; rmdir a/b a',
    expected: [
      'bash: line 1: echo: write error: Device or resource busy',
      '0::/a/b',
      "rmdir: failed to remove 'a/b': Device or resource busy",
    ],
  },
  {
    given: 'values and processes that are none',
    script: 'mkdir a; echo foo > a/memory.max; echo 99999 > a/cgroup.procs; echo 10 > a/cpu.max; rmdir a; ls -d a',
    expected: [
      'bash: line 1: echo: write error: Invalid argument',
      'bash: line 1: echo: write error: No such process',
      'bash: line 1: echo: write error: Invalid argument',
      "ls: cannot access 'a': No such file or directory",
    ],
  },
])('$given', async ({ script, expected }) => {
  expect(await lines(script)).toEqual(expected);
});

test('libcgroup: groups are made, set, read, entered and removed', async () => {
  expect(
    await lines(
      [
        'cgcreate -g cpu,memory,pids:lab; cgset -r memory.max=100M -r cpu.max="20000 100000" lab',
        'cgget -r memory.max -r cpu.max lab; cgget -nv -r pids.max lab; cgexec -g cpu:lab cat /proc/self/cgroup',
        'cgset -r memory.max=1M nolab; echo $?; cgexec -g cpu:nolab ls; cgdelete cpu:nolab; lscgroup -g cpu:lab',
        'cgcreate -g cpu:lab/x; cgdelete cpu:lab; cgdelete -r cpu:lab; ls -d lab; sudo -u nobody cgcreate -g cpu:z',
      ].join('\n'),
    ),
  ).toEqual([
    'lab:',
    'memory.max: 104857600',
    'cpu.max: 20000 100000',
    '',
    'max',
    '0::/lab',
    'cgset: cgroup modify error: Cgroup does not exist',
    '82',
    'cgroup change of group failed',
    "cgdelete: cannot remove group 'nolab': Cgroup does not exist",
    'cpuset,cpu,io,memory,hugetlb,pids,rdma,misc:/lab',
    "cgdelete: cannot remove group 'lab': Device or resource busy",
    "ls: cannot access 'lab': No such file or directory",
    "cgcreate: can't create cgroup z: Cgroup, operation not allowed",
  ]);
});

test('limits are felt: CPU time is throttled, processes are refused', async () => {
  const script = [
    'cgcreate -g cpu,pids:small; cgset -r cpu.max="20000 100000" -r pids.max=2 small',
    "cgexec -g cpu:small bash -c 'for ((i = 0; i < 20000; i++)); do :; done'",
    '[ $(grep -o "nr_throttled.*" small/cpu.stat | cut -d" " -f2) -gt 0 ] && echo throttled',
    "cgexec -g pids:small bash -c 'sleep 1 & sleep 1 & wait' 2>&1 | grep -o 'Resource temporarily unavailable' | sort -u",
    '[ $(cut -d" " -f2 small/pids.events) -gt 0 ] && echo counted; cgdelete cpu:small',
  ].join('\n');
  expect(await lines(script)).toEqual(['throttled', 'Resource temporarily unavailable', 'counted']);
});
