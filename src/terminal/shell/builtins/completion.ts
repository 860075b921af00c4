/** complete, compgen, compopt; help, which is not simulated and says so. */
import type { Op } from '../op.ts';
import type { CompletionSpec } from '../completion/interface.ts';
import { actionWords, ACTIONS, programmedWords } from '../completion/programmable.ts';
import { quoteIfNeeded } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { bind } from './bind.ts';
import type { Builtin } from './builtin.ts';
import { fault, print } from './message.ts';

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
const OPTIONS = new Set([
  'bashdefault',
  'default',
  'dirnames',
  'filenames',
  'noquote',
  'nosort',
  'nospace',
  'plusdirs',
]);

interface Parsed {
  readonly spec: CompletionSpec;
  readonly flags: ReadonlySet<string>;
  readonly operands: readonly string[];
}

/** Options that complete and compgen share; a string is what is wrong. */
function parse(name: string, args: readonly string[]): Parsed | string {
  const actions: string[] = [];
  const options: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      const action = LETTERS[letter];
      if (action !== undefined) actions.push(action);
      else if ('prDEI'.includes(letter) && name === 'complete') flags.add(letter);
      else if ('oAGWFCXPS'.includes(letter)) {
        const rest = arg.slice(i + 1);
        const value = rest === '' ? args[(at += 1)] : rest;
        if (value === undefined) return `-${letter}: option requires an argument`;
        if (letter === 'o' && !OPTIONS.has(value)) return `${value}: invalid option name`;
        if (letter === 'A' && !ACTIONS.has(value)) return `${value}: invalid action name`;
        if ('CGX'.includes(letter)) return `drydock: '${name} -${letter}' is not simulated`;
        if (letter === 'o') options.push(value);
        else if (letter === 'A') actions.push(value);
        else values.set(letter, value);
        break;
      } else return `-${letter}: invalid option`;
    }
  }
  return {
    spec: {
      run: values.get('F'),
      words: values.get('W'),
      actions,
      options,
      prefix: values.get('P') ?? '',
      suffix: values.get('S') ?? '',
    },
    flags,
    operands: args.slice(at),
  };
}

function* complete(shell: Shell, args: readonly string[]): Op<number> {
  const parsed = parse('complete', args);
  if (typeof parsed === 'string')
    return yield* fault(shell, `complete: ${parsed}`, /invalid option$/.test(parsed) ? 2 : 1);
  const { spec, flags, operands } = parsed;
  const names = [
    ...(flags.has('D') ? ['-D'] : []),
    ...(flags.has('E') ? ['-E'] : []),
    ...(flags.has('I') ? ['-I'] : []),
    ...operands,
  ];
  if (flags.has('r')) {
    if (names.length === 0) shell.completions.clear();
    let status = 0;
    for (const name of names)
      if (!shell.completions.delete(name))
        status = yield* fault(shell, `complete: ${name}: no completion specification`);
    return status;
  }
  if (flags.has('p') || args.length === 0) {
    let status = 0;
    let out = '';
    for (const name of names.length === 0 ? [...shell.completions.keys()].sort() : names) {
      const known = shell.completions.get(name);
      if (known === undefined) status = yield* fault(shell, `complete: ${name}: no completion specification`);
      else out += `${describe(name, known)}\n`;
    }
    const printed = yield* print(shell, 'complete', out);
    return printed === 0 ? status : printed;
  }
  if (names.length === 0) {
    yield* shell.write(
      2,
      'complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]\n',
    );
    return 2;
  }
  for (const name of names) shell.completions.set(name, spec);
  return 0;
}

function describe(name: string, spec: CompletionSpec): string {
  const parts = [
    ...spec.options.map((option) => `-o ${option}`),
    ...spec.actions.map((action) => {
      const letter = Object.entries(LETTERS).find(([, long]) => long === action)?.[0];
      return letter === undefined ? `-A ${action}` : `-${letter}`;
    }),
  ];
  if (spec.words !== undefined) parts.push(`-W '${spec.words.replace(/'/g, "'\\''")}'`);
  if (spec.prefix !== '') parts.push(`-P '${spec.prefix}'`);
  if (spec.suffix !== '') parts.push(`-S '${spec.suffix}'`);
  if (spec.run !== undefined) parts.push(`-F ${quoteIfNeeded(spec.run)}`);
  return ['complete', ...parts, name].join(' ');
}

function* compgen(shell: Shell, args: readonly string[]): Op<number> {
  const parsed = parse('compgen', args);
  if (typeof parsed === 'string')
    return yield* fault(shell, `compgen: ${parsed}`, /invalid option$/.test(parsed) ? 2 : 1);
  const [word = ''] = parsed.operands;
  const { spec } = parsed;
  if (spec.run !== undefined) {
    yield* shell.complain('compgen: warning: -F option may not work as you expect');
  }
  const listed =
    spec.words === undefined && spec.run === undefined
      ? actionWords(shell, spec.actions, word).map((each) => spec.prefix + each + spec.suffix)
      : (yield* programmedWords(shell, { ...spec, options: ['nosort'] }, ['compgen', word], word)).words;
  yield* print(shell, 'compgen', listed.map((each) => `${each}\n`).join(''));
  return listed.length > 0 ? 0 : 1;
}

function* compopt(shell: Shell, args: readonly string[]): Op<number> {
  const names: string[] = [];
  const changes: (readonly [boolean, string])[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '-o' || arg === '+o') {
      at += 1;
      const option = args[at] ?? '';
      if (!OPTIONS.has(option)) return yield* fault(shell, `compopt: ${option}: invalid option name`, 2);
      changes.push([arg === '-o', option]);
    } else names.push(arg);
  }
  const apply = (options: ReadonlySet<string>): Set<string> => {
    const next = new Set(options);
    for (const [on, option] of changes)
      if (on) next.add(option);
      else next.delete(option);
    return next;
  };
  if (names.length === 0) {
    if (shell.completing === undefined)
      return yield* fault(shell, 'compopt: not currently executing completion function');
    shell.completing = apply(shell.completing);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const known = shell.completions.get(name);
    if (known === undefined) status = yield* fault(shell, `compopt: ${name}: no completion specification`);
    else shell.completions.set(name, { ...known, options: [...apply(new Set(known.options))] });
  }
  return status;
}

const absent =
  (name: string): Builtin =>
  (shell, args) =>
    fault(shell, `${name}: drydock: '${[name, ...args].join(' ')}' is not simulated`);

export const completionBuiltins: Readonly<Record<string, Builtin>> = {
  complete,
  compgen,
  compopt,
  bind,
  help: absent('help'),
};
