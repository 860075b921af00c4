/** printf as a program (GNU coreutils 9.4); the shells have their own. */
import { helpHint } from '../help-hint.ts';
import { namedIo } from '../command.ts';
import { formatPrintf } from '../../printf-format.ts';
import type { Applet } from '../command.ts';
import { quoted } from '../quoting.ts';

const run: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, { name: 'printf' });
  const [format, ...values] = argv[1] === '--' ? argv.slice(2) : argv.slice(1);
  if (format === undefined) {
    await io.raw(
      flavour === 'busybox'
        ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: printf FORMAT [ARG]...\n'
        : `${io.name}: missing operand\n${helpHint(io)}\n`,
    );
    return 1;
  }
  if (format === '--help' && values.length === 0 && flavour === 'gnu') {
    io.out(`Usage: ${io.name} FORMAT [ARGUMENT]...\n  or:  ${io.name} OPTION\n`);
    return await io.end(0);
  }
  const fault = firstFault(format);
  const right = fault === undefined ? format : format.slice(0, fault.at);
  const made = formatPrintf(right, fault === undefined ? values : values.slice(0, conversions(right)), {
    quote: (text) => quoted(text, 'shell-escape'),
    nowUs: process.time().realtimeUs,
    startUs: 0,
  });
  io.out(made.text);
  const problems = made.problems.map(flavour === 'busybox' ? busyboxProblem : gnuProblem);
  for (const problem of problems) await io.warn(problem);
  if (fault !== undefined) {
    await io.warn(fault.message);
    return await io.end(1);
  }
  if (conversions(format) === 0 && values[0] !== undefined)
    await io.warn(`warning: ignoring excess arguments, starting with \u2018${values[0]}\u2019`);
  return await io.end(problems.length > 0 ? 1 : 0);
};
export const printf: Applet = { name: 'printf', run: (process) => run(process, 'gnu', process.argv), applet: run };

/** A complaint about a number in coreutils' words. */
function gnuProblem(problem: string): string {
  const bad = /^(.*): invalid number$/s.exec(problem)?.[1];
  if (bad !== undefined)
    return /^\s*[-+]?(0x[\da-f]|\.?\d)/i.test(bad)
      ? `\u2018${bad}\u2019: value not completely converted`
      : `\u2018${bad}\u2019: expected a numeric value`;
  return problem.replace(/^warning: (.*): Numerical/s, '\u2018$1\u2019: Numerical');
}

const busyboxProblem = (problem: string): string => problem.replace(/^(.*): invalid number$/s, "invalid number '$1'");

const PIECE = /\\x(?![\dA-Fa-f])|\\[\s\S]|%%|%[bq]|%([-+ #0'I]*)(?:\*|\d+)?(\.(?:\*|\d*))?[hlLjtz]*([\s\S]?)/g;

/** The first conversion or escape of a format that GNU's printf does not have. */
function firstFault(format: string): { readonly at: number; readonly message: string } | undefined {
  for (const match of format.matchAll(PIECE)) {
    const [text, flags, precision, letter = ''] = match;
    if (text === '\\x') return { at: match.index, message: 'missing hexadecimal number in escape' };
    if (flags === undefined || isConversion(flags, precision !== undefined, letter)) continue;
    return { at: match.index, message: `${text}: invalid conversion specification` };
  }
  return undefined;
}

function isConversion(flags: string, hasPrecision: boolean, letter: string): boolean {
  let letters = 'aAcdeEfFgGiosuxX';
  const without = (some: string): void => {
    letters = [...letters].filter((one) => !some.includes(one)).join('');
  };
  if (/['I]/.test(flags)) without('aAceEosxX');
  if (flags.includes('#')) without('cdisu');
  if (flags.includes('0')) without('cs');
  if (hasPrecision) without('c');
  return letter !== '' && letters.includes(letter);
}

/** How many arguments one pass over a format takes. */
function conversions(format: string): number {
  let count = 0;
  for (const [text] of format.matchAll(PIECE))
    if (text.startsWith('%') && text !== '%%') count += 1 + (text.match(/\*/g)?.length ?? 0);
  return count;
}
