/** The ports of a cluster's components as a host's tools show and ask them: they are those that the flags and files name. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

test('a control plane node listens where kubeadm has it listen', async () => {
  const lab = await LabScripts.open('kubeadm-3');
  const listed = await lab.run("ss -Htlnp | sed -E 's/ +/ /g; s/,fd.*//' | cut -d' ' -f4,6 | sed 's/pid=.*//' | sort");
  expect(listed.stdout.trimEnd().split('\n')).toEqual([
    '0.0.0.0:10250 users:(("kubelet",',
    '0.0.0.0:10256 users:(("kube-proxy",',
    '0.0.0.0:22 users:(("sshd",',
    '0.0.0.0:6443 users:(("kube-apiserver",',
    '127.0.0.1:10248 users:(("kubelet",',
    '127.0.0.1:10257 users:(("kube-controller",',
    '127.0.0.1:10259 users:(("kube-scheduler",',
    '127.0.0.1:2379 users:(("etcd",',
    '127.0.0.1:2381 users:(("etcd",',
    '192.168.56.10:2379 users:(("etcd",',
  ]);
});

test('the kubelet answers for its health as long as it runs, and refuses the anonymous', async () => {
  const lab = await LabScripts.open('kubeadm-3');
  const ask = "curl -s -w ' %{http_code}' localhost:10248";
  expect((await lab.run(`${ask}/healthz; ${ask}/; curl -sk https://localhost:10250/pods`)).stdout).toBe(
    'ok 200404 page not found\n 404Unauthorized',
  );
  expect(
    (await lab.run(`systemctl stop kubelet; ${ask}/healthz; systemctl start kubelet; ${ask}/healthz`)).stdout,
  ).toBe(' 000ok 200');
});
