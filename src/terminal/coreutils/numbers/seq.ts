/** seq (GNU coreutils 9.4): numbers as decimal fractions while they are short, so that 0.1 steps stay what they are. */
import type { Applet } from '../command.ts';
import { command, usageError } from '../command.ts';
import { float } from '../../printf-format.ts';

const base = command(
  {
    name: 'seq',
    short: 's:wf:',
    long: { separator: 's', 'equal-width': 'w', format: 'f' },
    stopEarly: true,
    usage: '[OPTION]... LAST',
  },
  async (call) => {
    const { io, options } = call;
    const numbers = call.operands;
    if (numbers.length === 0) return await usageError(call, 'missing operand');
    if (numbers.length > 3) return await usageError(call, `extra operand '${numbers[3] ?? ''}'`);
    const format = formatOf(options.value('f'));
    if (typeof format === 'string') {
      await io.warn(format);
      return 1;
    }
    const bad = numbers.find((text) => !NUMBER.test(text) || /nan/i.test(text));
    if (bad !== undefined)
      return /^[-+]?nan/i.test(bad)
        ? await usageError(call, `invalid 'not-a-number' argument: '${bad}'`)
        : await usageError(call, `invalid floating point argument: '${bad}'`);
    if (format !== undefined && options.has('w'))
      return await usageError(call, 'format string may not be specified when printing equal width strings');
    const [first = '1', step = '1', last = '1'] =
      numbers.length === 1 ? ['1', '1', numbers[0]] : numbers.length === 2 ? [numbers[0], '1', numbers[1]] : numbers;
    const [from, by, to] = [valueOf(first), valueOf(step), valueOf(last)];
    if (by === 0) return await usageError(call, `invalid Zero increment value: '${step}'`);
    const digits = Math.max(digitsOf(first), digitsOf(step));
    const width = options.has('w') ? Math.max(from.toFixed(digits).length, to.toFixed(digits).length) : 0;
    const show =
      format ?? ((value: number) => padded((Object.is(value, -0) ? '-' : '') + value.toFixed(digits), width));
    const separator = options.value('s') ?? '\n';
    // A little more than a step's rounding, so that 0.1 0.1 0.3 ends with 0.3.
    const count = Number.isFinite(to) ? Math.floor((to - from) / by + 1e-10) : to > 0 === by > 0 ? Infinity : -1;
    for (let i = 0; i <= count; i += 1) {
      io.out(i === 0 ? show(from) : separator + show(from + i * by));
      if (io.full && !(await io.flush())) break;
    }
    if (count >= 0) io.out('\n');
    return await io.end(0);
  },
);

const NUMBER = /^\s*[-+]?(0[xX][\da-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|inf(inity)?|nan)$/i;

/** Operands begin at the first negative number, which looks like an option. */
const applet: Applet['applet'] = (process, flavour, argv) => {
  let at = 1;
  while (/^-([^\d.]|$)/.test(argv[at] ?? '') && argv[at] !== '--') at += /^-[sf]$/.test(argv[at] ?? '') ? 2 : 1;
  const words = /^-[\d.]/.test(argv[at] ?? '') ? [...argv.slice(0, at), '--', ...argv.slice(at)] : argv;
  return base.applet(process, flavour, words);
};
export const seq: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

function valueOf(text: string): number {
  const bare = text.trim().replace(/^[-+]/, '');
  const size = /^inf/i.test(bare) ? Infinity : Number(bare);
  return text.trim().startsWith('-') ? -size : size;
}

/** Digits after the point, with what the exponent takes off. */
function digitsOf(text: string): number {
  if (!/^\s*[-+]?[\d.]/.test(text) || /0x/i.test(text)) return 0;
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  return Math.min(100, Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)));
}

const padded = (text: string, width: number): string =>
  text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');

/** What writes a number by a format, or the complaint about it. */
function formatOf(format: string | undefined): ((value: number) => string) | string | undefined {
  if (format === undefined) return undefined;
  const quoted = `format \u2018${format}\u2019`;
  const found = [...format.matchAll(/%%|%([-+ #0']*)(\d*)(?:\.(\d*))?(L?)([\s\S]?)/g)].filter(([all]) => all !== '%%');
  const [conversion] = found;
  if (conversion === undefined) return `${quoted} has no % directive`;
  const [, flags = '', size = '', precision, , type = ''] = conversion;
  if (type === '') return `${quoted} ends in %`;
  if (!/[efgaEFGA]/.test(type)) return `${quoted} has unknown %${type} directive`;
  if (found.length > 1) return `${quoted} has too many % directives`;
  const [before, after] = [format.slice(0, conversion.index), format.slice(conversion.index + conversion[0].length)];
  const plain = (text: string): string => text.replaceAll('%%', '%');
  const digits = precision === undefined ? undefined : Number(precision);
  return (value) => {
    const text = float(value, type, digits, flags.includes('#'));
    const signed = value < 0 ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
    const width = Number(size);
    const filled = flags.includes('-')
      ? signed.padEnd(width)
      : flags.includes('0')
        ? signed.replace(/^[-+ ]?/, (sign) => sign + '0'.repeat(Math.max(0, width - signed.length)))
        : signed.padStart(width);
    return plain(before) + filled + plain(after);
  };
}
