/** What a reboot does to a host, its containers and its node, as somebody at a terminal sees it. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('docker: files and policies outlive a reboot; memory, /tmp and what was set by hand do not', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run('docker run -d --name always --restart=always nginx; docker run -d --name never nginx', 30);
  await lab.run(
    'echo vm.swappiness=7 > /etc/sysctl.d/90-lab.conf; echo br_netfilter > /etc/modules-load.d/lab.conf',
    5,
  );
  await lab.run('sysctl -qw vm.max_map_count=99; ip link add lab0 type bridge; touch ~/kept /tmp/gone /run/gone', 5);
  await lab.type('reboot\n', 40);
  await lab.reopen();
  await lab.pass(4);
  expect(await lab.run("docker ps -a --format '{{.Names}} {{.State}}'", 5)).toEqual(['never exited', 'always running']);
  expect(await lab.run('sysctl -n vm.swappiness vm.max_map_count; lsmod | grep -o ^br_netfilter', 5)).toEqual([
    '7',
    '1048576',
    'br_netfilter',
  ]);
  expect(await lab.run('journalctl --list-boots | wc -l; journalctl -b -u docker | grep -c Started', 5)).toEqual([
    '3',
    '1',
  ]);
  expect(
    await lab.run('journalctl -b -1 -u docker -o cat | tail -1; journalctl -u docker | grep -c "^-- Boot"', 5),
  ).toEqual(['Stopped docker.service - Docker Application Container Engine.', '1']);
  expect(await lab.run('ls ~/kept /tmp; ls /run/gone; ip -br link show lab0; swapon --noheadings', 5)).toEqual([
    '/root/kept',
    '',
    '/tmp:',
    "ls: cannot access '/run/gone': No such file or directory",
    'Device "lab0" does not exist.',
    '/swap.img file   2G   0B   -2',
  ]);
});

test('kubernetes: a node that was rebooted restarts its pods with new addresses', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const columns =
    '-o custom-columns=:.spec.nodeName,:.status.phase,:.status.containerStatuses[0].restartCount --no-headers';
  await lab.run('kubectl create deployment web --image=nginx --replicas=2', 20);
  expect(await lab.run(`kubectl get pods -l app=web ${columns} | sort`, 5)).toEqual([
    'worker-1   Running   0',
    'worker-2   Running   0',
  ]);
  expect(await lab.run("ssh worker-1 'systemctl reboot; sleep 60'", 10)).toEqual([
    'Connection to worker-1 closed by remote host.',
  ]);
  await lab.pass(60);
  expect(await lab.run(`kubectl get pods -l app=web ${columns} | sort`, 5)).toEqual([
    'worker-1   Running   1',
    'worker-2   Running   0',
  ]);
  const [event = ''] = await lab.run(
    'kubectl get events --field-selector reason=Rebooted -o custom-columns=:.message --no-headers',
    5,
  );
  expect(event).toMatch(/^Node worker-1 has been rebooted, boot id: [0-9a-f-]{36}$/);
});

test('a host without power answers nobody until it is switched on', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  lab.sandbox.apply({ type: 'fault', fault: { kind: 'power', host: 'worker-2', on: false } });
  await lab.pass(60);
  expect(
    await lab.run(
      "kubectl get node worker-2 --no-headers | awk '{print $1, $2}'; ping -c 1 -W 1 worker-2 | grep -c '100% packet loss'",
      5,
    ),
  ).toEqual(['worker-2 NotReady', '1']);
  lab.sandbox.apply({ type: 'fault', fault: { kind: 'power', host: 'worker-2', on: true } });
  await lab.pass(60);
  expect(await lab.run("kubectl get node worker-2 --no-headers | awk '{print $1, $2}'", 5)).toEqual(['worker-2 Ready']);
});
