import { expect, test } from 'vitest';
import { Fatal, endOf } from './fatal.ts';
import { parsePort } from './port-spec.ts';
import { ramInBytes } from './sizes.ts';
import { humanSize } from './context.ts';
import { parseUlimit } from './ulimit.ts';

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

/** What docker 28.2.2 says. */
const AFTER_USAGE =
  "\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information";
const AFTER_FAULT = "\n\nRun 'docker run --help' for more information";

const said = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (problem) {
    const end = endOf(problem, 'docker run', '[OPTIONS] IMAGE [COMMAND] [ARG...]');
    return end instanceof Fatal ? [end.code, end.text] : end;
  }
};

test('a size that is none ends the command as docker does', () => {
  expect(said(() => ramInBytes('abc', '-m, --memory'))).toEqual([
    125,
    `invalid argument "abc" for "-m, --memory" flag: invalid size: 'abc'${AFTER_USAGE}`,
  ]);
});

test.for([
  ['x:80', 'invalid hostPort: x'],
  ['80:x', 'invalid containerPort: x'],
  ['80-70:80', 'invalid hostPort: 80-70'],
  ['80:90-70', 'invalid containerPort: 90-70'],
  ['70000:80', 'invalid hostPort: 70000'],
  ['80:70000', 'invalid containerPort: 70000'],
  ['1-2:1-3', 'invalid ranges specified for container and host Ports: 1-3 and 1-2'],
  [':', 'no port specified: :<empty>'],
  ['80/foo', 'invalid proto: foo'],
  ['', 'no port specified: <empty>'],
] as const)('-p %s is refused', ([given, why]) => {
  expect(said(() => parsePort(given))).toEqual([125, `docker: ${why}${AFTER_FAULT}`]);
});

test.for([
  [0, '0B'],
  [4_277_910, '4.28MB'],
  [192_114_000, '192MB'],
  [736_000, '736kB'],
] as const)('%i bytes are %s', ([bytes, text]) => {
  expect(humanSize(bytes)).toBe(text);
});

test.for([
  ['nofile=100:200', { Name: 'nofile', Hard: 200, Soft: 100 }],
  ['nproc=50', { Name: 'nproc', Hard: 50, Soft: 50 }],
  ['core=0:-1', { Name: 'core', Hard: -1, Soft: 0 }],
] as const)('--ulimit %s', ([given, expected]) => {
  expect(parseUlimit(given)).toEqual(expected);
});

test.for([
  ['nofile', 'invalid ulimit argument: nofile'],
  ['files=1', 'invalid ulimit type: files'],
  ['nofile=1:2:3', 'too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`'],
  ['nofile=a', 'strconv.ParseInt: parsing "a": invalid syntax'],
  ['nofile=3:2', 'ulimit soft limit must be less than or equal to hard limit: 3 > 2'],
] as const)('--ulimit %s is refused', ([given, why]) => {
  expect(said(() => parseUlimit(given))).toEqual([
    125,
    `invalid argument "${given}" for "--ulimit" flag: ${why}${AFTER_USAGE}`,
  ]);
});
