import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { expandHostList } from './pdsh.ts';

test.each([
  ['a,b', ['a', 'b']],
  ['node[1-3,7],x', ['node1', 'node2', 'node3', 'node7', 'x']],
  ['n[08-10]-[1-2]', ['n08-1', 'n08-2', 'n09-1', 'n09-2', 'n10-1', 'n10-2']],
])('the host list %s', (list, hosts) => {
  expect(expandHostList(list)).toEqual(hosts);
});

test('the parallel tools come with their packages and reach every host', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const run = async (line: string, seconds = 2): Promise<readonly string[]> => {
    lab.printed();
    await lab.type(`${line}\r`, seconds);
    return lab
      .printed()
      .replaceAll(/\x1b\[\?2004[lh]|\r/g, '')
      .replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
      .split('\n')
      .slice(1, -1);
  };
  expect((await run('pssh')).at(-1)).toContain('not found');
  await run('apt-get update; apt-get install -y pssh', 60);
  await run("printf 'worker-1\\nroot@worker-2:22\\n' > hosts; echo hi > file");
  expect(await run('pssh -p 1 -h hosts -i hostname; echo $?')).toEqual([
    '[1] TIME [SUCCESS] worker-1',
    'worker-1',
    '[2] TIME [SUCCESS] worker-2:22',
    'worker-2',
    '0',
  ]);
  expect(await run("parallel-ssh -p 1 -H 'worker-1 nohost' -i false; echo $?")).toEqual([
    '[1] TIME [FAILURE] worker-1 Exited with error code 1',
    '[2] TIME [FAILURE] nohost Exited with error code 255',
    'Stderr: ssh: Could not resolve hostname nohost: Name or service not known',
    '4',
  ]);
  expect(await run('pscp -p 1 -h hosts file /tmp/there')).toEqual([
    '[1] TIME [SUCCESS] worker-1',
    '[2] TIME [SUCCESS] worker-2:22',
  ]);
  await run('pslurp -h hosts /tmp/there back');
  expect(await run('cat worker-1/back worker-2/back')).toEqual(['hi', 'hi']);
});
