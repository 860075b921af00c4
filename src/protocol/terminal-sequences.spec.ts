import { expect, test } from 'vitest';
import { openFileSequence, parseOpenFile } from './terminal-sequences.ts';

test.for([
  { host: 'control-plane', path: '/root/pod.yaml' },
  { host: 'worker-1', path: '/root/한글; \x07\x1b%.txt' },
])('$path of $host comes through', ({ host, path }) => {
  const sequence = openFileSequence(host, path);
  const inside = /^\u001b\]7770;([^\u0007\u001b]*)\u0007$/.exec(sequence)?.[1] ?? '';
  expect(parseOpenFile(inside)).toEqual({ host, path });
});

test.for(['', 'a', 'a;b', 'a;%'])('%j names no file', (data) => {
  expect(parseOpenFile(data)).toBeUndefined();
});
