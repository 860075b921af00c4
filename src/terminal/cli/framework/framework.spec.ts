import { expect, test } from 'vitest';
import { completeCommand, findCommand, unknownCommand, type Command } from './command.ts';
import { Flags, parseFlags, type FlagSpec } from './flags.ts';

const SPECS: readonly FlagSpec[] = [
  { name: 'stdin', short: 'i', type: 'bool', default: 'false' },
  { name: 'tty', short: 't', type: 'bool', default: 'false' },
  { name: 'namespace', short: 'n', type: 'string', default: '' },
  { name: 'replicas', type: 'int', default: '1' },
  { name: 'timeout', type: 'duration', default: '0s' },
  { name: 'dry-run', type: 'string', default: 'none', alone: 'unchanged' },
  { name: 'env', short: 'e', type: 'array', default: '' },
  { name: 'labels', short: 'l', type: 'list', default: '' },
];

test.for([
  { argv: ['--foo'], error: 'unknown flag: --foo' },
  { argv: ['-x'], error: "unknown shorthand flag: 'x' in -x" },
  { argv: ['-itx'], error: "unknown shorthand flag: 'x' in -x" },
  { argv: ['-n'], error: "flag needs an argument: 'n' in -n" },
  { argv: ['--namespace'], error: 'flag needs an argument: --namespace' },
  { argv: ['--=x'], error: 'bad flag syntax: --=x' },
  {
    argv: ['--replicas=a'],
    error: 'invalid argument "a" for "--replicas" flag: strconv.ParseInt: parsing "a": invalid syntax',
  },
  {
    argv: ['--tty=maybe'],
    error: 'invalid argument "maybe" for "-t, --tty" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  },
  { argv: ['--timeout', '5'], error: 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"' },
])('$argv gives the error $error', ({ argv, error }) => {
  expect(parseFlags(SPECS, argv)).toEqual({ type: 'error', message: error });
});

test('values come from long, short, clustered and repeated flags, and arguments stay in order', () => {
  const argv = [
    'a',
    '-it',
    '-nkube-system',
    '--replicas',
    '3',
    '--env=A=1,2',
    '-e',
    'B=2',
    '-l=x,y',
    'b',
    '--dry-run',
    'c',
    '--',
    '-z',
  ];
  const flags = parseFlags(SPECS, argv);
  if (!(flags instanceof Flags)) throw new Error(JSON.stringify(flags));
  expect({
    args: flags.args,
    dashAt: flags.dashAt,
    it: [flags.bool('stdin'), flags.bool('tty')],
    namespace: flags.string('namespace'),
    replicas: flags.int('replicas'),
    env: flags.list('env'),
    labels: flags.list('labels'),
    dryRun: flags.string('dry-run'),
    given: flags.given(),
  }).toEqual({
    args: ['a', 'b', 'c', '-z'],
    dashAt: 3,
    it: [true, true],
    namespace: 'kube-system',
    replicas: 3,
    env: ['A=1,2', 'B=2'],
    labels: ['x', 'y'],
    dryRun: 'unchanged',
    given: ['stdin', 'tty', 'namespace', 'replicas', 'env', 'labels', 'dry-run'],
  });
});

test('without interspersed flags everything after the first argument is an argument', () => {
  const flags = parseFlags(SPECS, ['-i', 'image', '-x', '--y'], { interspersed: false });
  expect(flags instanceof Flags && flags.args).toEqual(['image', '-x', '--y']);
});

const TREE: Command<string> = {
  name: 'kubectl',
  commands: [
    { name: 'get', run: 'get', flags: SPECS },
    {
      name: 'create',
      run: 'create',
      commands: [{ name: 'deployment', aliases: ['deploy'], run: 'create deployment' }],
    },
    { name: 'top' },
  ],
};
const GLOBALS: readonly FlagSpec[] = [{ name: 'context', type: 'string', default: '' }];

test('commands are found by name and alias, behind flags and their values', () => {
  const found = findCommand(TREE, ['--context', 'get', 'create', 'deploy', 'web', '--x'], GLOBALS);
  expect([found.path, found.rest]).toEqual([
    ['kubectl', 'create', 'deployment'],
    ['--context', 'get', 'web', '--x'],
  ]);
});

test('a mistyped command is met with suggestions', () => {
  expect(unknownCommand(TREE, ['kubectl'], 'gte')).toBe(
    'unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n',
  );
  expect(unknownCommand(TREE, ['kubectl'], 'something')).toBe('unknown command "something" for "kubectl"');
});

test('commands and flags are completed', () => {
  expect(completeCommand(TREE, ['cr'], GLOBALS)).toEqual(['create']);
  expect(completeCommand(TREE, ['get', '--t'], GLOBALS)).toEqual(['--timeout=', '--tty']);
  expect(completeCommand(TREE, ['get', 'po'], GLOBALS)).toBeUndefined();
});
