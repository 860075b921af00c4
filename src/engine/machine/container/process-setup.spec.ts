import { expect, test } from 'vitest';
import {
  boundingSet,
  DEFAULT_CAPABILITIES,
  parseSignal,
  resolveArgv,
  resolveCredentials,
  resolveUser,
} from './process-setup.ts';
import { CAPABILITIES } from '../kernel/proc/capabilities.ts';
import { criPrefix, formatNano, jsonFileLine, splitLines } from './log-format.ts';
import { cpuWeight } from './cgroup-limits.ts';
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { formatRfc3339 } from '../../sim/clock.ts';

const image = { Entrypoint: ['/entry'], Cmd: ['serve', '-v'] };
test.for([
  { given: 'nothing', spec: {}, expected: ['/entry', 'serve', '-v'] },
  { given: 'a command', spec: { command: ['sh'] }, expected: ['/entry', 'sh'] },
  { given: 'an entrypoint', spec: { entrypoint: ['/x'] }, expected: ['/x'] },
  { given: 'both', spec: { entrypoint: ['/x'], command: ['y'] }, expected: ['/x', 'y'] },
])('with $given the command line is $expected', ({ spec, expected }) => {
  expect(resolveArgv(spec, image)).toEqual(expected);
});

const files = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\nweb:x:101:102::/var/web:/sbin/nologin\n',
  group: 'root:x:0:\nweb:x:102:\nextra:x:7:web\n',
};
test.for([
  { text: '', expected: { uid: 0, gid: 0, groups: [], home: '/root' } },
  { text: 'web', expected: { uid: 101, gid: 102, groups: [7], home: '/var/web' } },
  { text: 'web:extra', expected: { uid: 101, gid: 7, groups: [], home: '/var/web' } },
  { text: '1000', expected: { uid: 1000, gid: 0, groups: [], home: '/' } },
  { text: '1000:3000', expected: { uid: 1000, gid: 3000, groups: [], home: '/' } },
  {
    text: 'ghost',
    expected: { failure: 'user-unknown', message: 'unable to find user ghost: no matching entries in passwd file' },
  },
])('user "$text"', ({ text, expected }) => {
  expect(resolveUser(text, files)).toEqual(expected);
});

test('only root keeps capabilities', () => {
  const options = { privileged: false, capAdd: ['NET_ADMIN'], capDrop: ['ALL'], groups: [] };
  expect(resolveCredentials({ uid: 0, gid: 0, groups: [], home: '/root' }, options).capabilities).toEqual([
    'NET_ADMIN',
  ]);
  expect(resolveCredentials({ uid: 5, gid: 5, groups: [], home: '/' }, options).capabilities).toEqual([]);
});

test.for([
  { given: 'nothing', choice: {}, expected: DEFAULT_CAPABILITIES },
  { given: 'privileged', choice: { privileged: true, capDrop: ['ALL'] }, expected: 'all' },
  {
    given: 'drop ALL and one added',
    choice: { capDrop: ['all'], capAdd: ['CAP_NET_BIND_SERVICE'] },
    expected: ['NET_BIND_SERVICE'],
  },
  { given: 'add ALL', choice: { capAdd: ['ALL'] }, expected: 'all' },
  {
    given: 'add ALL, one dropped',
    choice: { capAdd: ['ALL'], capDrop: ['SYS_ADMIN'] },
    expected: CAPABILITIES.filter((name) => name !== 'SYS_ADMIN'),
  },
])('the bounding set with $given', ({ choice, expected }) => {
  expect(boundingSet(choice)).toEqual(expected);
});

test.for([
  ['SIGQUIT', 'SIGQUIT'],
  ['quit', 'SIGQUIT'],
  ['9', 'SIGKILL'],
  ['nope', undefined],
] as const)('signal %s is %s', ([text, expected]) => {
  expect(parseSignal(text)).toBe(expected);
});

test('log lines', () => {
  const time = formatNano(1_772_409_600_500_000, formatRfc3339);
  expect(time).toBe('2026-03-02T00:00:00.5Z');
  expect(decodeUtf8(criPrefix(time, 'stderr', true))).toBe('2026-03-02T00:00:00.5Z stderr P ');
  expect(decodeUtf8(jsonFileLine(time, 'stdout', encodeUtf8('a "b" <c>'), false))).toBe(
    '{"log":"a \\"b\\" \\u003cc\\u003e\\n","stream":"stdout","time":"2026-03-02T00:00:00.5Z"}\n',
  );
  const { lines, rest } = splitLines(encodeUtf8('a'), encodeUtf8('b\nc\nd'));
  expect([...lines.map(decodeUtf8), decodeUtf8(rest)]).toEqual(['ab', 'c', 'd']);
});

test.for([
  [2, 1],
  [1024, 39],
  [262_144, 10_000],
] as const)('%i shares weigh %i', ([shares, weight]) => {
  expect(cpuWeight(shares)).toBe(weight);
});
