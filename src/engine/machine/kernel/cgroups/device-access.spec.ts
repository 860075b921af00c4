import { expect, test } from 'vitest';
import { CgroupTree } from './cgroup-tree.ts';
import { mayOpenDevice } from './device-access.ts';

const tree = new CgroupTree();
tree.create('/pod/container/own');
const pod = tree.create('/pod');
const container = tree.create('/pod/container');
const own = tree.create('/pod/container/own');
container.devices = ['c 1:3', 'c 136:*', 'b 8:0'];

test.for([
  { group: 'above', of: pod, type: 'block', rdev: [8, 1], may: true },
  { group: 'that is limited', of: container, type: 'char', rdev: [1, 3], may: true },
  { group: 'that is limited', of: container, type: 'char', rdev: [136, 7], may: true },
  { group: 'that is limited', of: container, type: 'block', rdev: [8, 0], may: true },
  { group: 'that is limited', of: container, type: 'char', rdev: [8, 0], may: false },
  { group: 'that is limited', of: container, type: 'char', rdev: [1, 11], may: false },
  { group: 'below', of: own, type: 'block', rdev: [8, 1], may: false },
] as const)('in a group $group a $type device $rdev may be opened: $may', ({ of, type, rdev, may }) => {
  expect(mayOpenDevice(of, type, rdev)).toBe(may);
});
