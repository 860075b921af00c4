/** Connections through other hosts: -J, -L and -W in a live lab. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run("printf 'Host inner\\n HostName worker-1\\n ProxyJump worker-2\\n' > ~/.ssh/config");
});

const BEHIND =
  'stdio forwarding failed\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n';

test.for([
  {
    given: 'one jump',
    script: "ssh -J worker-2 worker-1 'hostname; echo ${SSH_CONNECTION%% *}'",
    stdout: 'worker-1\n192.168.56.12\n',
  },
  { given: 'two jumps', script: 'ssh -J worker-2,worker-1 control-plane hostname', stdout: 'control-plane\n' },
  { given: 'a jump that the configuration names', script: 'ssh inner hostname', stdout: 'worker-1\n' },
  {
    given: 'scp by a jump',
    script: 'scp -q -J worker-2 worker-1:/etc/hostname /tmp/h; cat /tmp/h',
    stdout: 'worker-1\n',
  },
  { given: 'streams', script: 'ssh -W worker-1:22 worker-2 < /dev/null | head -c 8', stdout: 'SSH-2.0-' },
  {
    given: 'a local port',
    script:
      'ssh -N -L 2222:localhost:22 worker-1 & sleep 1; ssh -o StrictHostKeyChecking=no -q -p 2222 localhost hostname; kill %1',
    stdout: 'worker-1\n',
  },
])('$given', async ({ script, stdout }) => {
  const outcome = await lab.run(script);
  expect([outcome.stdout, outcome.stderr]).toEqual([stdout, '']);
});

test.for([
  {
    given: 'a jump that is not there',
    script: 'ssh -J nosuch worker-1 true',
    stderr:
      'ssh: Could not resolve hostname nosuch: Name or service not known\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n',
    code: 255,
  },
  {
    given: 'nobody on the port',
    script: 'ssh -J worker-2 -p 23 worker-1 true',
    stderr: `channel 0: open failed: connect failed: Connection refused\r\n${BEHIND}`,
    code: 255,
  },
  {
    given: 'no forwarding',
    script: 'ssh -L x worker-1',
    stderr: "Bad local forwarding specification 'x'\n",
    code: 255,
  },
  {
    given: 'a port that is taken',
    script: 'ssh -L 6443:localhost:80 worker-1 true',
    stderr:
      'bind [127.0.0.1]:6443: Address already in use\r\nchannel_setup_fwd_listener_tcpip: cannot listen to port: 6443\r\nCould not request local forwarding.\r\n',
    code: 0,
  },
])('$given', async ({ script, stderr, code }) => {
  const outcome = await lab.run(script);
  expect([outcome.stderr, outcome.code]).toEqual([stderr, code]);
});

test('a server that forbids forwarding', async () => {
  await lab.run('echo AllowTcpForwarding no > /etc/ssh/sshd_config.d/forward.conf; systemctl reload ssh', 'worker-2');
  expect((await lab.run('ssh -J worker-2 worker-1 hostname')).stderr).toBe(
    `channel 0: open failed: administratively prohibited: open failed\r\n${BEHIND}`,
  );
});
