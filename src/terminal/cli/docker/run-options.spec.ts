import { expect, test } from 'vitest';
import { Fatal } from './fatal.ts';
import { parsePort } from './port-spec.ts';
import { ramInBytes } from './sizes.ts';
import { humanSize } from './context.ts';

test.for([
  { text: '8080:80', expected: [{ port: '80/tcp', hostIp: '', hostPort: '8080' }] },
  { text: '127.0.0.1:53:53/udp', expected: [{ port: '53/udp', hostIp: '127.0.0.1', hostPort: '53' }] },
  { text: '80', expected: [{ port: '80/tcp', hostIp: '', hostPort: '' }] },
  {
    text: '8000-8001:80-81',
    expected: [
      { port: '80/tcp', hostIp: '', hostPort: '8000' },
      { port: '81/tcp', hostIp: '', hostPort: '8001' },
    ],
  },
])('-p $text', ({ text, expected }) => {
  expect(parsePort(text)).toEqual(expected);
});

test.for([
  ['64m', 67_108_864],
  ['1g', 1_073_741_824],
  ['512', 512],
  ['1.5k', 1536],
] as const)('%s is %i bytes', ([text, bytes]) => {
  expect(ramInBytes(text, '-m, --memory')).toBe(bytes);
});

test('a size that is none ends the command as docker does', () => {
  expect(() => ramInBytes('abc', '-m, --memory')).toThrow(
    new Fatal(
      `docker: invalid argument "abc" for "-m, --memory" flag: invalid size: 'abc'\n\nRun 'docker run --help' for more information`,
      125,
    ),
  );
});

test.for([
  [0, '0B'],
  [4_277_910, '4.28MB'],
  [192_114_000, '192MB'],
  [736_000, '736kB'],
] as const)('%i bytes are %s', ([bytes, text]) => {
  expect(humanSize(bytes)).toBe(text);
});
