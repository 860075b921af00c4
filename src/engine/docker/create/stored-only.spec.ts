import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { storedOnlyWarnings } from './stored-only.ts';

test.for<{ given: string; hostConfig: JsonObject; expected: readonly string[] }>([
  { given: 'nothing', hostConfig: {}, expected: [] },
  {
    given: 'what a client sends for nobody',
    hostConfig: { Devices: [], Annotations: {}, Init: null, OomKillDisable: false, OomScoreAdj: 0, Isolation: '' },
    expected: [],
  },
  { given: 'what happens anyway', hostConfig: { ShmSize: 67_108_864, Runtime: 'runc', MemorySwap: -1 }, expected: [] },
  { given: 'what is acted on', hostConfig: { Memory: 67_108_864, CapAdd: ['NET_ADMIN'] }, expected: [] },
  {
    given: 'what is not',
    hostConfig: { Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }], Memory: 67_108_864, Init: true },
    expected: [
      'drydock: HostConfig.Ulimits is stored, nothing acts on it yet',
      'drydock: HostConfig.Init is stored, nothing acts on it yet',
    ],
  },
])('given $given, warns of $expected', ({ hostConfig, expected }) => {
  expect(storedOnlyWarnings({ Image: 'nginx', HostConfig: hostConfig })).toEqual(expected);
});
