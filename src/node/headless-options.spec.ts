import { expect, test } from 'vitest';
import { parseDurationUs, parseOptions } from './headless-options.ts';

const DEFAULTS = {
  topology: 'kubeadm-3',
  seed: 1,
  host: undefined,
  maxVirtualUs: 86_400_000_000,
  maxWallMs: 600_000,
  traceHash: false,
};

test.for([
  { args: ['-c', 'ls'], expected: { ...DEFAULTS, script: { commands: 'ls', args: [] } } },
  { args: ['-c', 'echo $1', 'x', '-c'], expected: { ...DEFAULTS, script: { commands: 'echo $1', args: ['x', '-c'] } } },
  { args: ['a.sh', '--seed', '2'], expected: { ...DEFAULTS, script: { file: 'a.sh', args: ['--seed', '2'] } } },
  {
    args: ['--topology=docker-1', '--seed', '7', '--host', 'h', '--max-virtual=1h30m', '--max-wall', '90s', 'a=b.sh'],
    expected: {
      ...DEFAULTS,
      topology: 'docker-1',
      seed: 7,
      host: 'h',
      maxVirtualUs: 5_400_000_000,
      maxWallMs: 90_000,
      script: { file: 'a=b.sh', args: [] },
    },
  },
  { args: ['--trace-hash', '-c', ''], expected: { ...DEFAULTS, traceHash: true, script: { commands: '', args: [] } } },
  { args: [], expected: 'a script or -c COMMANDS is missing' },
  { args: ['-c'], expected: '-c takes commands' },
  { args: ['--host'], expected: '--host takes a value' },
  { args: ['--seed', '1.5', 'a.sh'], expected: '--seed takes a whole number' },
  { args: ['--max-wall', 'soon', 'a.sh'], expected: '--max-wall takes a duration like 90s or 24h' },
  { args: ['-t', '-c', 'ls'], expected: 'unknown flag -t' },
])('$args', ({ args, expected }) => {
  expect(parseOptions(args)).toEqual(expected);
});

test.for([
  ['250ms', 250_000],
  ['1.5s', 1_500_000],
  ['1h30m', 5_400_000_000],
  ['', undefined],
  ['10', undefined],
  ['1d', undefined],
] as const)('a duration %s', ([text, expected]) => {
  expect(parseDurationUs(text)).toBe(expected);
});
