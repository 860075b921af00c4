import { expect, test } from 'vitest';
import type { PodSpec } from '../../apimachinery/types.ts';
import { refuseSysctls } from './sysctl-allowlist.ts';

const asking = (name: string, more: Partial<PodSpec> = {}): PodSpec => ({
  containers: [],
  securityContext: { sysctls: [{ name, value: '1' }] },
  ...more,
});

test.for<[PodSpec, string | undefined]>([
  [{ containers: [] }, undefined],
  [asking('net.ipv4.ip_unprivileged_port_start'), undefined],
  [asking('net/ipv4/tcp_syncookies'), undefined],
  [asking('kernel.shmmax'), 'forbidden sysctl: "kernel.shmmax" not allowlisted'],
  [asking('net.core.somaxconn'), 'forbidden sysctl: "net.core.somaxconn" not allowlisted'],
  [
    asking('net.ipv4.tcp_syncookies', { hostNetwork: true }),
    'forbidden sysctl: "net.ipv4.tcp_syncookies" not allowed with host net enabled',
  ],
  [
    asking('kernel.shm_rmid_forced', { hostIPC: true }),
    'forbidden sysctl: "kernel.shm_rmid_forced" not allowed with host ipc enabled',
  ],
])('%j', ([spec, told]) => {
  expect(refuseSysctls(spec)).toBe(told);
});
