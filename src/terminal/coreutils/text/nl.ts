/** nl (GNU coreutils 9.4): numbers lines, with logical pages of header, body and footer. */
import { posixRegExp } from '../../posix-regex.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command, eachLine, usageError } from '../command.ts';

type Section = 'h' | 'b' | 'f';
interface Style {
  readonly numbers: (line: string) => boolean;
  /** `a` counts blank lines too, so -l matters. */
  readonly all: boolean;
}

export const nl = command(
  {
    name: 'nl',
    short: 'h:b:f:v:i:pl:s:w:n:d:',
    long: {
      'header-numbering': 'h',
      'body-numbering': 'b',
      'footer-numbering': 'f',
      'starting-line-number': 'v',
      'line-increment': 'i',
      'no-renumber': 'p',
      'join-blank-lines': 'l',
      'number-separator': 's',
      'number-width': 'w',
      'number-format': 'n',
      'section-delimiter': 'd',
    },
  },
  async (call) => {
    const { options, io } = call;
    const setting = settingOf(call);
    if ('problem' in setting) {
      if (setting.isUsage) return await usageError(call, setting.problem);
      await io.warn(setting.problem);
      return 1;
    }
    const { width, separator, start, step, join, styles } = setting;
    const mark = delimiterOf(options.value('d'));
    const empty = ' '.repeat(width + [...separator].length);
    let section: Section = 'b';
    let number = start;
    let blanks = 0;
    const good = await eachLine(call, call.operands, (bytes) => {
      const line = bytesToText(bytes);
      const next = sectionOf(line, mark);
      if (next !== undefined) {
        section = next;
        if (!options.has('p') && next !== 'f') number = start;
        if (!options.has('p') && next === 'f') number = start;
        io.line('');
        return;
      }
      const style = styles[section];
      blanks = line === '' ? blanks + 1 : 0;
      const counts = style.numbers(line) && !(style.all && line === '' && blanks < join);
      if (counts) blanks = 0;
      io.line((counts ? shown(number, width, options.value('n') ?? 'rn') + separator : empty) + line);
      if (counts) number += step;
    });
    return await io.end(good ? 0 : 1);
  },
);

function shown(number: number, width: number, format: string): string {
  if (format === 'ln') return String(number).padEnd(width);
  if (format === 'rn') return String(number).padStart(width);
  return number < 0 ? `-${String(-number).padStart(width - 1, '0')}` : String(number).padStart(width, '0');
}

/** One character stands before a colon. */
const delimiterOf = (given: string | undefined): string =>
  given === undefined ? '\\:' : given.length === 1 ? `${given}:` : given;

function sectionOf(line: string, mark: string): Section | undefined {
  if (mark === '') return undefined;
  if (line === mark.repeat(3)) return 'h';
  if (line === mark.repeat(2)) return 'b';
  return line === mark ? 'f' : undefined;
}

interface Setting {
  readonly width: number;
  readonly separator: string;
  readonly start: number;
  readonly step: number;
  readonly join: number;
  readonly styles: Readonly<Record<Section, Style>>;
}
interface Problem {
  readonly problem: string;
  readonly isUsage: boolean;
}

function settingOf({ options }: Invocation): Setting | Problem {
  const numbers: number[] = [];
  for (const [letter, fallback, least, what] of NUMBERS) {
    const text = options.value(letter) ?? fallback;
    const value = Number(text);
    if (!/^\s*[-+]?\d+$/.test(text)) return { problem: `invalid ${what}: \u2018${text}\u2019`, isUsage: false };
    if (value < least)
      return { problem: `invalid ${what}: \u2018${text}\u2019: Numerical result out of range`, isUsage: false };
    numbers.push(value);
  }
  const styles: Record<string, Style> = {};
  for (const [letter, fallback, name] of STYLES) {
    const text = options.value(letter) ?? fallback;
    const style = styleOf(text);
    if (style === undefined) return { problem: `invalid ${name} numbering style: \u2018${text}\u2019`, isUsage: true };
    if (typeof style === 'string') return { problem: style, isUsage: false };
    styles[letter] = style;
  }
  const format = options.value('n') ?? 'rn';
  if (!['ln', 'rn', 'rz'].includes(format))
    return { problem: `invalid line numbering format: \u2018${format}\u2019`, isUsage: true };
  const { h = NONE, b = NONE, f = NONE } = styles;
  const [start = 1, step = 1, join = 1, width = 6] = numbers;
  return { width, separator: options.value('s') ?? '\t', start, step, join, styles: { h, b, f } };
}

const NUMBERS = [
  ['v', '1', -Infinity, 'starting line number'],
  ['i', '1', -Infinity, 'line number increment'],
  ['l', '1', 1, 'line number of blank lines'],
  ['w', '6', 1, 'line number field width'],
] as const;
const STYLES = [
  ['h', 'n', 'header'],
  ['b', 't', 'body'],
  ['f', 'n', 'footer'],
] as const;

const NONE: Style = { numbers: () => false, all: false };

function styleOf(text: string): Style | string | undefined {
  if (text === 'a') return { numbers: () => true, all: true };
  if (text === 't') return { numbers: (line) => line !== '', all: false };
  if (text === 'n') return NONE;
  if (!text.startsWith('p')) return undefined;
  const regex = posixRegExp(text.slice(1), { extended: false });
  return regex === undefined
    ? 'Invalid preceding regular expression'
    : { numbers: (line) => regex.test(line), all: false };
}
