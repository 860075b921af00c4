/**
 * numfmt (GNU coreutils): numbers from and to forms with unit letters.
 * Leaves out: --grouping beyond the C locale, which has none, and --debug.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { LineReader } from '../../io.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { formatValue, parseValue, roundTo, type Rounding, type Scale } from './numfmt-value.ts';

const SCALES = ['none', 'si', 'iec', 'iec-i'];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  from: ['none', 'auto', 'si', 'iec', 'iec-i'],
  to: SCALES,
  round: ['up', 'down', 'from-zero', 'towards-zero', 'nearest'],
  invalid: ['abort', 'fail', 'warn', 'ignore'],
};

interface Format {
  readonly before: string;
  readonly after: string;
  readonly width: number;
  readonly left: boolean;
  readonly zeros: boolean;
  readonly decimals: number | undefined;
}

interface Settings {
  readonly from: Scale;
  readonly to: Scale;
  readonly rounding: Rounding;
  readonly fromUnit: number;
  readonly toUnit: number;
  readonly suffix: string;
  readonly format: Format;
  readonly delimiter: string | undefined;
  isField(number: number): boolean;
}

export const numfmt = command(
  {
    name: 'numfmt',
    absentLong: 'debug',
    short: 'd:z',
    long: {
      delimiter: 'd',
      'zero-terminated': 'z',
      field: 'field:',
      format: 'format:',
      from: 'from:',
      'from-unit': 'from-unit:',
      grouping: 'grouping',
      header: 'header::',
      invalid: 'invalid:',
      padding: 'padding:',
      round: 'round:',
      suffix: 'suffix:',
      to: 'to:',
      'to-unit': 'to-unit:',
    },
  },
  async (call) => {
    const { io, options, operands } = call;
    for (const [name, valid] of Object.entries(CHOICES)) {
      const value = options.value(name);
      if (value === undefined || valid.includes(value)) continue;
      const list = valid.map((each) => `  - \u2018${each}\u2019`).join('\n');
      return await usageError(
        call,
        `invalid argument \u2018${value}\u2019 for \u2018--${name}\u2019\nValid arguments are:\n${list}`,
      );
    }
    const settings = readSettings(call);
    if (typeof settings === 'string') {
      await io.warn(settings);
      return 1;
    }
    return await convertAll(call, settings, operands);
  },
);

function readSettings({ options }: Invocation): Settings | string {
  const format = parseFormat(options.value('format'), Number(options.value('padding') ?? '0'));
  if (typeof format === 'string') return format;
  const fields = options.value('field') ?? '1';
  const ranges = fields.split(',').map((part) => /^(\d*)(-?)(\d*)$/.exec(part));
  if (ranges.some((range) => range === null) || fields === '') return `invalid field value \u2018${fields}\u2019`;
  const unit = (name: string): number => parsedUnit(options.value(name));
  return {
    from: (options.value('from') ?? 'none') as Scale,
    to: (options.value('to') ?? 'none') as Scale,
    rounding: (options.value('round') ?? 'from-zero') as Rounding,
    fromUnit: unit('from-unit'),
    toUnit: unit('to-unit'),
    suffix: options.value('suffix') ?? '',
    format,
    delimiter: options.value('d'),
    isField: (number) =>
      ranges.some((range) => {
        const [, low = '', dash = '', high = ''] = range ?? [];
        if (dash === '') return number === Number(low);
        return number >= Number(low === '' ? '1' : low) && (high === '' || number <= Number(high));
      }),
  };
}

function parsedUnit(text: string | undefined): number {
  const parsed = text === undefined ? undefined : parseValue(text, 'auto');
  return typeof parsed === 'object' ? parsed.value : 1;
}

function parseFormat(text: string | undefined, padding: number): Format | string {
  if (text === undefined)
    return { before: '', after: '', width: Math.abs(padding), left: padding < 0, zeros: false, decimals: undefined };
  const match = /^((?:[^%]|%%)*)%([-'0 ]*)(\d*)(?:\.(\d*))?f((?:[^%]|%%)*)$/.exec(text);
  if (match === null)
    return /%/.test(text.replaceAll('%%', ''))
      ? `invalid format \u2018${text}\u2019, directive must be %[0]['][-][N][.][N]f`
      : `format \u2018${text}\u2019 has no % directive`;
  const [, before = '', flags = '', width = '', decimals, after = ''] = match;
  return {
    before: before.replaceAll('%%', '%'),
    after: after.replaceAll('%%', '%'),
    width: Number(width),
    left: flags.includes('-'),
    zeros: flags.includes('0'),
    decimals: decimals === undefined ? undefined : Number(decimals),
  };
}

async function convertAll(call: Invocation, settings: Settings, operands: readonly string[]): Promise<number> {
  const { io, options, process } = call;
  const invalid = options.value('invalid') ?? 'abort';
  const end = options.has('z') ? '\0' : '\n';
  let failedOnce = false;
  /** False where the run ends here. */
  const convert = async (line: string): Promise<boolean> => {
    const problems: string[] = [];
    const converted = convertLine(line, settings, problems);
    const [problem] = problems;
    if (problem !== undefined && invalid === 'abort') return await abort(call, problem);
    io.out(converted);
    if (problem !== undefined && invalid !== 'ignore') {
      await io.flush();
      await io.warn(problem);
      if (invalid === 'fail') failedOnce = true;
    }
    io.out(end);
    return true;
  };
  if (operands.length > 0) {
    for (const operand of operands) if (!(await convert(operand))) return 2;
    return await io.end(failedOnce ? 2 : 0);
  }
  const reader = new LineReader(process, 0, options.has('z') ? 0 : 10);
  let header = options.has('header') ? Number(options.value('header') === '' ? '1' : options.value('header')) : 0;
  for (let line = await reader.nextText(); line !== undefined; line = await reader.nextText(), header -= 1) {
    if (header > 0) io.out(`${line}${end}`);
    else if (!(await convert(line))) return 2;
  }
  // Told, yet not counted as a failure.
  if (failed(reader.failure)) await io.warn(`error reading input: ${strerror(reader.failure)}`);
  return await io.end(failedOnce ? 2 : 0);
}

async function abort({ io }: Invocation, problem: string): Promise<false> {
  await io.flush();
  await io.warn(problem);
  return false;
}

/** The line with its fields converted; those that cannot be stay, and what is wrong is told. */
function convertLine(line: string, settings: Settings, problems: string[]): string {
  const { delimiter } = settings;
  if (delimiter !== undefined)
    return line
      .split(delimiter)
      .map((field, at) => (settings.isField(at + 1) ? convertField(field, settings, 0, problems) : field))
      .join(delimiter);
  const fields = line.match(/\s*\S+/g) ?? [''];
  const rest = line.slice(fields.join('').length);
  const converted = fields.map((field, at) => {
    if (!settings.isField(at + 1)) return field;
    // One blank separates; more of them are a column that keeps its width.
    const separator = at === 0 ? '' : field.charAt(0);
    const cell = field.slice(separator.length);
    return separator + convertField(cell.trimStart(), settings, /^\s/.test(cell) ? cell.length : 0, problems);
  });
  return converted.join('') + rest;
}

function convertField(word: string, settings: Settings, column: number, problems: string[]): string {
  const { from, to, suffix, format, rounding } = settings;
  const bare = suffix !== '' && word.endsWith(suffix) ? word.slice(0, -suffix.length) : word;
  const parsed = parseValue(bare, from);
  if (typeof parsed === 'string') {
    problems.push(parsed.replace(`\u2018${bare}\u2019`, `\u2018${word}\u2019`));
    return word;
  }
  const value = (parsed.value * settings.fromUnit) / settings.toUnit;
  const isPlain = to === 'none';
  const decimals = format.decimals ?? (isPlain ? parsed.decimals : undefined);
  const shown = isPlain
    ? roundTo(value, decimals ?? 0, rounding).toFixed(decimals ?? 0)
    : formatValue(value, to, rounding, format.decimals);
  const text = `${shown}${suffix}`;
  const width = format.width === 0 ? column : format.width;
  if (format.left) return format.before + text.padEnd(width) + format.after;
  return format.before + text.padStart(width, format.zeros ? '0' : ' ') + format.after;
}
