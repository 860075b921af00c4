/** hostid and logname on a live host. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

test('a host is known by the address of its name; a script has no login', async () => {
  const lab = await LabScripts.open('docker-1');
  expect(
    await lab.run('echo 10.1.2.3 box >>/etc/hosts; hostname box; hostid; logname; echo $?; logname x; hostid x'),
  ).toEqual({
    stdout: '010a0302\n1\n',
    stderr:
      "logname: no login name\nlogname: extra operand \u2018x\u2019\nTry 'logname --help' for more information.\n" +
      "hostid: extra operand \u2018x\u2019\nTry 'hostid --help' for more information.\n",
    code: 1,
  });
});
