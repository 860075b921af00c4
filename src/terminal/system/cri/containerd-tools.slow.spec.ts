/** ctr and crictl on a node, beside what kubectl knows of it. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

test.for([
  { command: 'ctr ns ls', stdout: 'NAME   LABELS \nk8s.io        \nmoby          \n' },
  { command: 'ctr c ls', stdout: 'CONTAINER    IMAGE    RUNTIME    \n' },
  { command: 'ctr -n k8s.io c ls | grep -c pause', stdout: '6\n' },
  {
    command: 'test "$(ctr -n k8s.io t ls | grep $(crictl ps -q --name etcd) | awk \'{ print $2 }\')" = $(pidof etcd)',
    stdout: '',
  },
  { command: 'ctr -n k8s.io i ls -q | grep etcd: ', stdout: 'registry.k8s.io/etcd:3.6.8-0\n' },
  {
    command: "crictl ps --name etcd -r -o table | awk '{ print $2 }'",
    stdout: 'IMAGE\nregistry.k8s.io/etcd:3.6.8-0\n',
  },
  {
    command: 'crictl pods --label component=etcd -o json | jq -r ".items[].metadata.name"',
    stdout: 'etcd-control-plane\n',
  },
  { command: "crictl stats | head -n 2 | awk '{ print $2, $3 }'", stdout: 'NAME CPU\netcd 0.00\n' },
  {
    command: 'crictl info | jq -r ".status.conditions[] | [.type, .status] | @tsv"',
    stdout: 'RuntimeReady\ttrue\nNetworkReady\ttrue\n',
  },
])('$command', async ({ command, stdout }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr: '', code: 0 });
});

test.for([
  { command: 'ctr run a b', stderr: "drydock: 'ctr run a' is not simulated\n" },
  { command: 'ctr -n k8s.io i pull nginx', stderr: 'ctr: failed to resolve reference "nginx": object required\n' },
  { command: 'ctr -n k8s.io i rm nope', stderr: 'ctr: image "nope": not found\n' },
])('$command is refused', async ({ command, stderr }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr, code: 1 });
});

test.for(['ctr bogus', 'ctr images bogus', 'ctr -n k8s.io t bogus x'])('%s is no command', async (command) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr: "No help topic for 'bogus'\n", code: 3 });
});

test.for(['version', 'images ls', '-n k8s.io containers ls', '-n k8s.io tasks ls', 'ns ls'])(
  'ctr %s takes what the socket allows',
  async (command) => {
    const socket = '/run/containerd/containerd.sock';
    expect(await lab.run(`su ubuntu -c 'ctr ${command}'`)).toEqual({
      stdout: '',
      stderr: `ctr: failed to dial "${socket}": connection error: desc = "transport: error while dialing: dial unix ${socket}: connect: permission denied"\n`,
      code: 1,
    });
  },
);
