/** Secrets, tokens and emptyDir in memory: mounted, kept up to date, mounted again after a reboot, gone with their pod. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'm' },
  spec: {
    nodeName: 'worker-1',
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'c',
        image: 'busybox',
        command: ['sleep', '10000'],
        resources: { limits: { memory: '64Mi' } },
        volumeMounts: [
          { name: 'e', mountPath: '/e' },
          { name: 's', mountPath: '/s' },
        ],
      },
    ],
    volumes: [
      { name: 'e', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
      { name: 's', secret: { secretName: 'sec' } },
    ],
  },
};

test('volumes in memory', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  await lab.runPiped(
    `kubectl create secret generic sec --from-literal=k=v; echo '${JSON.stringify(POD)}' | kubectl apply -f -`,
    5,
  );
  await lab.runPiped('kubectl wait --for=condition=Ready pod/m --timeout=60s', 60);
  expect(await lab.runPiped('kubectl exec m -- df -h /e; kubectl exec m -- mount | grep " on /[es] "', 5)).toEqual([
    'Filesystem                Size      Used Available Use% Mounted on',
    'tmpfs                    16.0M         0     16.0M   0% /e',
    'tmpfs on /e type tmpfs (rw,relatime,size=16384k,inode64,noswap)',
    'tmpfs on /s type tmpfs (ro,relatime,size=65536k,inode64,noswap)',
  ]);
  expect(await lab.runPiped('kubectl exec m -- ls -la /s | cut -c1-30', 5)).toEqual([
    'total 4',
    'drwxrwxrwt    3 root     root ',
    'drwxr-xr-x    1 root     root ',
    'drwxr-xr-x    2 root     root ',
    'lrwxrwxrwx    1 root     root ',
    'lrwxrwxrwx    1 root     root ',
  ]);
  await lab.runPiped(`kubectl patch secret sec -p '{"stringData":{"k":"w"}}'; sleep 90`, 100);
  expect(await lab.runPiped('kubectl exec m -- cat /s/k; echo', 5)).toEqual(['w']);
  await lab.runPiped('kubectl exec m -- touch /e/mine; ssh worker-1 reboot; sleep 60', 70);
  expect(await lab.runPiped('kubectl exec m -- sh -c "cat /s/k; echo; ls /e"', 5)).toEqual(['w']);
  await lab.runPiped('kubectl delete pod m --now; sleep 3', 10);
  expect(await lab.runPiped('ssh worker-1 mount | grep -c "secret\\|empty-dir"', 5)).toEqual(['0']);
});
