import { expect, test } from 'vitest';
import { failed } from '../../protocol/errno.ts';
import { worldOf } from '../machine/kernel/kernel.spec-support.ts';
import { SshKeys, writeSshFiles } from './ssh-files.ts';
import { topologyOf } from './topologies.ts';

test.for(['kubeadm-3', 'machines-3'])('the host keys of %s are as long as was said before they were made', (name) => {
  const topology = topologyOf(name);
  if (topology === undefined) throw new Error(`no topology ${name}`);
  for (const host of topology.hosts) {
    const { root } = worldOf([]).files;
    root.mkdirp('/etc/ssh');
    root.mkdirp('/root/.ssh');
    writeSshFiles(root, host, topology, new SshKeys(1));
    const before = root.stat('/etc/ssh/ssh_host_ed25519_key');
    const text = root.readText('/etc/ssh/ssh_host_ed25519_key');
    expect(failed(before) || failed(text) ? before : before.size - text.length).toBe(0);
  }
});
