/** complete, compgen, compopt: programmable completion. */
import { tableOrder } from '../variables/assoc-order.ts';
import { ACTIONS, actionWords } from '../completion/actions.ts';
import type { CompletionSpec } from '../completion/interface.ts';
import { programmedWords } from '../completion/programmable.ts';
import type { Op } from '../machine/op.ts';
import { quoteIfNeeded, singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import type { Letters } from './letters.ts';
import { readLetters } from './letters.ts';
import { fault, print, usage } from './message.ts';

const LETTERS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
};
const OPTIONS: readonly string[] = [
  'bashdefault',
  'default',
  'dirnames',
  'filenames',
  'noquote',
  'nosort',
  'nospace',
  'plusdirs',
];

interface Parsed {
  readonly spec: CompletionSpec;
  readonly letters: Letters;
}

const SHARED = 'abcdefgjksuvo:A:G:W:F:C:X:P:S:';

/** Options that complete and compgen share; a number is the status after a complaint. */
function* parse(shell: Shell, name: 'complete' | 'compgen', args: readonly string[]): Op<Parsed | number> {
  const letters = yield* readLetters(shell, name, args, name === 'complete' ? `${SHARED}prDEI` : SHARED);
  if (typeof letters === 'number') return letters;
  const actions: string[] = [];
  const options: string[] = [];
  for (const { letter, value } of letters.given) {
    const action = letter === 'A' ? value : LETTERS[letter];
    if (letter === 'o' && !OPTIONS.includes(value))
      return yield* fault(shell, `${name}: ${value}: invalid option name`, 2);
    if (letter === 'A' && !ACTIONS.has(value)) return yield* fault(shell, `${name}: ${value}: invalid action name`, 2);
    if (letter === 'o') options.push(value);
    else if (action !== undefined) actions.push(action);
  }
  const run = letters.valueOf('F');
  if (run !== undefined && /[\s;&|<>()$`\\"'*?[\]#~=%{}!]/.test(run))
    return yield* fault(shell, `${name}: \`${run}': not a valid identifier`);
  return {
    spec: {
      run,
      command: letters.valueOf('C'),
      words: letters.valueOf('W'),
      glob: letters.valueOf('G'),
      filter: letters.valueOf('X'),
      actions,
      options,
      prefix: letters.valueOf('P') ?? '',
      suffix: letters.valueOf('S') ?? '',
    },
    letters,
  };
}

/** Under which names what is no command's has its definition. */
const OTHERS: readonly (readonly [letter: string, name: string])[] = [
  ['D', '_DefaultCmD_'],
  ['E', '_EmptycmD_'],
  ['I', '_InitialWorD_'],
];
const namesOf = (letters: Letters): readonly string[] => [
  ...OTHERS.filter(([letter]) => letters.has(letter)).map(([letter]) => `-${letter}`),
  ...letters.operands,
];
const internalName = (name: string): string => OTHERS.find(([letter]) => name === `-${letter}`)?.[1] ?? name;
const noSpecification = (shell: Shell, builtin: string, name: string): Op<number> =>
  fault(shell, `${builtin}: ${internalName(name)}: no completion specification`);

export function* complete(shell: Shell, args: readonly string[]): Op<number> {
  const parsed = yield* parse(shell, 'complete', args);
  if (typeof parsed === 'number') return parsed;
  const { spec, letters } = parsed;
  const names = namesOf(letters);
  if (letters.has('r')) return yield* forget(shell, names);
  if (letters.has('p') || args.length === 0) return yield* show(shell, names);
  if (names.length === 0) return yield* usage(shell, 'complete');
  for (const name of names) shell.completions.set(name, spec);
  return 0;
}

function* forget(shell: Shell, names: readonly string[]): Op<number> {
  if (names.length === 0) shell.completions.clear();
  let status = 0;
  for (const name of names)
    if (!shell.completions.delete(name)) status = yield* noSpecification(shell, 'complete', name);
  return status;
}

function* show(shell: Shell, names: readonly string[]): Op<number> {
  const all = [...shell.completions.keys()].map((name): [string, string] => [internalName(name), name]);
  const shown = names.length === 0 ? tableOrder(all, 512).map(([, name]) => name) : names;
  let status = 0;
  for (const name of shown) {
    const known = shell.completions.get(name);
    status =
      known === undefined
        ? yield* noSpecification(shell, 'complete', name)
        : (yield* print(shell, 'complete', `${describe(name, known)}\n`)) || status;
  }
  return status;
}

function describe(name: string, spec: CompletionSpec): string {
  const quoted = (letter: string, text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? [] : [`-${letter} ${singleQuote(text)}`];
  const letters = Object.entries(LETTERS);
  return [
    'complete',
    ...OPTIONS.filter((option) => spec.options.includes(option)).map((option) => `-o ${option}`),
    ...letters.filter(([, action]) => spec.actions.includes(action)).map(([letter]) => `-${letter}`),
    ...[...new Set(spec.actions)]
      .filter((action) => !letters.some(([, long]) => long === action))
      .sort()
      .map((action) => `-A ${action}`),
    ...quoted('G', spec.glob),
    ...(spec.words === undefined ? [] : [`-W ${singleQuote(spec.words)}`]),
    ...quoted('P', spec.prefix),
    ...quoted('S', spec.suffix),
    ...quoted('X', spec.filter),
    ...quoted('C', spec.command),
    ...(spec.run === undefined ? [] : [`-F ${quoteIfNeeded(spec.run)}`]),
    quoteIfNeeded(name),
  ].join(' ');
}

export function* compgen(shell: Shell, args: readonly string[]): Op<number> {
  const parsed = yield* parse(shell, 'compgen', args);
  if (typeof parsed === 'number') return parsed;
  const { spec, letters } = parsed;
  const [word = ''] = letters.operands;
  for (const letter of ['F', 'C'])
    if (letters.has(letter)) yield* shell.complain(`compgen: warning: -${letter} option may not work as you expect`);
  const { words, options } = yield* programmedWords(
    shell,
    { ...spec, options: [...spec.options, 'nosort'] },
    ['compgen', '', word],
    '',
  );
  const files = words.length === 0 && options.has('default');
  const listed = files ? actionWords(shell, ['file'], word) : words;
  yield* print(shell, 'compgen', listed.map((each) => `${each}\n`).join(''));
  return listed.length > 0 ? 0 : 1;
}

export function* compopt(shell: Shell, args: readonly string[]): Op<number> {
  // `+o option` takes one away: to the reader of letters it is no option, so it goes first.
  const off = args.flatMap((arg, at) => (arg === '+o' ? [args[at + 1] ?? ''] : []));
  const letters = yield* readLetters(
    shell,
    'compopt',
    args.filter((arg, at) => arg !== '+o' && args[at - 1] !== '+o'),
    'o:DEI',
  );
  if (typeof letters === 'number') return letters;
  const on = letters.given.flatMap(({ letter, value }) => (letter === 'o' ? [value] : []));
  const wrong = [...on, ...off].find((option) => !OPTIONS.includes(option));
  if (wrong !== undefined) return yield* fault(shell, `compopt: ${wrong}: invalid option name`, 2);
  const apply = (options: Iterable<string>): Set<string> =>
    new Set([...options, ...on].filter((option) => !off.includes(option)));
  const names = namesOf(letters);
  if (names.length === 0) {
    if (shell.completing === undefined)
      return yield* fault(shell, 'compopt: not currently executing completion function');
    shell.completing = apply(shell.completing);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const known = shell.completions.get(name);
    if (known === undefined) status = yield* noSpecification(shell, 'compopt', name);
    else if (on.length + off.length === 0) yield* print(shell, 'compopt', optionLine(name, known));
    else shell.completions.set(name, { ...known, options: [...apply(known.options)] });
  }
  return status;
}

const optionLine = (name: string, { options }: CompletionSpec): string =>
  `compopt ${OPTIONS.map((option) => `${options.includes(option) ? '-' : '+'}o ${option}`).join(' ')} ${name}\n`;
