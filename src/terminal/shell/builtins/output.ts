import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { zoneOf } from '../../coreutils/date/zone.ts';
import { formatPrintf } from '../../printf-format.ts';
import { characters, wholeText } from '../expand/characters.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import { quoteBackslash } from '../quote.ts';
import { testArguments } from '../commands/test-expression.ts';
import { echoText } from '../../echo-text.ts';
import { fault, invalidOption, print, usage } from './message.ts';
import type { Builtin } from './builtin.ts';

function echo(shell: Shell, args: readonly string[]): Op<number> {
  const { text } = echoText(args, {
    escapes: shell.personality === 'dash' || shell.shopts.has('xpg_echo'),
    options: shell.personality !== 'dash',
  });
  return print(shell, 'echo', text);
}

/** bash says what it took a number for by how it begins. */
const wrongNumber = (text: string): string =>
  `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : /^0x/i.test(text) ? 'hex ' : ''}number`;

function* printf(shell: Shell, args: readonly string[]): Op<number> {
  let target: string | undefined;
  let rest = args;
  if (rest[0] === '-v' && shell.personality === 'bash') {
    target = rest[1];
    rest = rest.slice(2);
    if (target === undefined) {
      yield* shell.complain('printf: -v: option requires an argument');
      return yield* usage(shell, 'printf');
    }
    if (!/^[A-Za-z_]\w*(\[.*\])?$/.test(target))
      return yield* fault(shell, `printf: \`${target}': not a valid identifier`, 2);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  else if (rest[0]?.startsWith('-') === true && rest[0].length > 1)
    return yield* invalidOption(shell, 'printf', rest[0].slice(0, 2));
  const [format, ...values] = rest;
  if (format === undefined) {
    if (shell.personality !== 'dash') return yield* usage(shell, 'printf');
    yield* shell.write(2, 'printf: usage: printf format [arg ...]\n');
    return 2;
  }
  const now = shell.process.time();
  // Behind a quote stands a character's number.
  const numbered = values.map((value) => (/^["']/.test(value) ? characters(shell, value) : value));
  const made = formatPrintf(format, numbered, {
    quote: (text) => quoteBackslash(characters(shell, wholeText(text))),
    nowUs: now.realtimeUs,
    startUs: now.realtimeUs - (now.monotonicUs - shell.startUs),
    zone: zoneOf(shell.vars.get('TZ')),
    ...(shell.personality === 'ash' ? {} : { plainC: true }),
    ...(shell.personality === 'bash' ? { wrongNumber } : {}),
  });
  if (target === undefined) {
    const status = yield* print(shell, 'printf', made.text);
    if (status !== 0) return status;
  } else {
    const match = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(target);
    if (match === null) shell.assign(target, made.text);
    else shell.assignElement(match[1] ?? '', arrayKey(shell, match[1] ?? '', match[2] ?? ''), made.text);
  }
  for (const problem of made.problems)
    yield* shell.complain(
      shell.personality === 'ash' ? problem.replace(/^(.*): (invalid number)$/, "$2 '$1'") : `printf: ${problem}`,
    );
  // bash only warns of a number that is too large.
  const warned = shell.personality === 'bash' ? /^warning: / : /^$/;
  return made.problems.some((problem) => !warned.test(problem)) ? 1 : 0;
}

function* test(shell: Shell, args: readonly string[], name = 'test'): Op<number> {
  const answer = testArguments(shell, args);
  if (typeof answer === 'boolean') return answer ? 0 : 1;
  yield* shell.complain(shell.personality === 'ash' ? answer.message : `${name}: ${answer.message}`);
  return 2;
}

const MISSING_BRACKET = { bash: "[: missing `]'", dash: '[: missing ]', ash: 'missing ]' } as const;

function bracket(shell: Shell, args: readonly string[]): number | Op<number> {
  if (args.at(-1) !== ']') return fault(shell, MISSING_BRACKET[shell.personality], 2);
  const answer = testArguments(shell, args.slice(0, -1));
  return typeof answer === 'boolean' ? (answer ? 0 : 1) : test(shell, args.slice(0, -1), '[');
}

export const outputBuiltins: Readonly<Record<string, Builtin>> = {
  echo,
  printf,
  test: (shell, args) => test(shell, args),
  '[': bracket,
  ':': () => 0,
  true: () => 0,
  false: () => 1,
};
