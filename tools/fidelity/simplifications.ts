/** Simplifications that no single file owns. */
export const SIMPLIFICATIONS: readonly (readonly [component: string, how: string])[] = [
  [
    'time',
    'Virtual: it jumps to the next event when every process is blocked, and each system call has a cost from one table.',
  ],
  ['network', 'Packets carry addresses, ports and a shared payload; sequence numbers and checksums are not kept.'],
  ['CPU', 'Shared by weight and quota as rates between events, without caches or migration between cores.'],
  ['disks', 'Bytes and inodes are counted; speed, blocks and a page cache are not.'],
  [
    'images',
    'Layers, digests, configuration and stated sizes are real in kind; a file that no program here reads may be missing.',
  ],
  [
    'certificates',
    'Real X.509 signed with keys derived from the seed; connections check names, dates and authorities.',
  ],
  [
    'docker swarm',
    'No swarm can be begun or joined. Its commands, and those of nodes, services, stacks, secrets and configs, answer as those of a daemon outside of any swarm.',
  ],
  [
    'in-process clients',
    'Controllers, scheduler and kubelet share the API server’s answers as objects; the network decides whether they arrive.',
  ],
  ['etcd', 'One member’s store. A second control plane adds none.'],
];
