/** Chooses the style of a string and writes it; follows the emitter of libyaml as go-yaml v2 has it. */
import { C_ESCAPED } from '../c-escapes.ts';
import { isBreakCode } from './reader.ts';

export interface ScalarPlace {
  readonly isKey: boolean;
  /** True if the text would be read back as a string without quotes. */
  readonly plain: boolean;
  /** Column for further lines. */
  readonly indent: number;
  /** Column at which the scalar starts. */
  readonly column: number;
}

const BEST_WIDTH = 80;

/** The text of a string scalar, over several lines where go-yaml folds or uses a block. */
export function writeScalar(text: string, place: ScalarPlace): string {
  const facts = analyze(text);
  let style: 'plain' | 'single' | 'double' | 'literal' = 'double';
  if (text.includes('\n')) style = 'literal';
  else if (place.plain) style = 'plain';
  if (place.isKey && facts.multiline) style = 'double';
  if (style === 'plain' && (!facts.plainAllowed || (text === '' && place.isKey))) style = 'single';
  if (style === 'single' && !facts.singleAllowed) style = 'double';
  if (style === 'literal' && (!facts.blockAllowed || place.isKey)) style = 'double';
  switch (style) {
    case 'plain':
      return fold(text, place, 0);
    case 'single':
      return `'${fold(text, place, 1)}'`;
    case 'double':
      return writeDouble(text, place);
    case 'literal':
      return writeLiteral(text, place.indent);
  }
}

interface Facts {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleAllowed: boolean;
  readonly blockAllowed: boolean;
}

const FIRST_INDICATORS = '#,[]{}&*!|>\'"%@`';

function analyze(text: string): Facts {
  let indicators = text.startsWith('---') || text.startsWith('...');
  let special = false;
  let multiline = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previous: 'space' | 'break' | 'other' = 'other';
  let precededByWhite = true;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    const code = text.charCodeAt(index);
    if (isIndicator(char, index, text, precededByWhite)) indicators = true;
    if (!isPrintable(code)) special = true;
    if (char === ' ') {
      if (previous === 'break') breakSpace = true;
      previous = 'space';
    } else if (isBreakCode(code)) {
      multiline = true;
      if (previous === 'space') spaceBreak = true;
      previous = 'break';
    } else previous = 'other';
    precededByWhite = isWhite(code);
  }
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const edges = first === 32 || last === 32 || isBreakCode(first) || isBreakCode(last);
  const impossible = spaceBreak || special;
  return {
    multiline,
    plainAllowed: !indicators && !edges && !breakSpace && !impossible && !multiline,
    singleAllowed: !breakSpace && !impossible,
    blockAllowed: text !== '' && last !== 32 && !impossible,
  };
}

function isIndicator(char: string, index: number, text: string, precededByWhite: boolean): boolean {
  const followedByWhite = index + 1 >= text.length || isWhite(text.charCodeAt(index + 1));
  if (index === 0) {
    if (FIRST_INDICATORS.includes(char)) return true;
    return (char === '?' || char === ':' || char === '-') && followedByWhite;
  }
  if (char === ':') return followedByWhite;
  return char === '#' && precededByWhite;
}

function isWhite(code: number): boolean {
  return code === 32 || code === 9 || isBreakCode(code);
}

/** Characters beyond the basic plane arrive as surrogates, which go-yaml escapes too. */
function isPrintable(code: number): boolean {
  if (code === 10 || (code >= 0x20 && code <= 0x7e)) return true;
  return code >= 0xa0 && code <= 0xfffd && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfeff;
}

/** Plain and single-quoted text: a single space past column 80 becomes a line break. `margin` is 1 within quotes. */
function fold(text: string, place: ScalarPlace, margin: 0 | 1): string {
  const escaped = margin === 1 ? text.replaceAll("'", "''") : text;
  if (place.isKey || place.column + escaped.length <= BEST_WIDTH) return escaped;
  let out = '';
  let column = place.column + margin;
  let afterSpace = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    const isInside = margin === 0 || (index > 0 && index < text.length - 1);
    if (char === ' ' && !afterSpace && isInside && column > BEST_WIDTH && text.charAt(index + 1) !== ' ') {
      out += `\n${' '.repeat(place.indent)}`;
      column = place.indent;
    } else {
      const written = char === "'" && margin === 1 ? "''" : char;
      out += written;
      column += written.length;
    }
    afterSpace = char === ' ';
  }
  return out;
}

const ESCAPES: Readonly<Record<number, string>> = {
  ...C_ESCAPED,
  27: '\\e',
  34: '\\"',
  92: '\\\\',
  0x85: '\\N',
  0xa0: '\\_',
  0x2028: '\\L',
  0x2029: '\\P',
};

function writeDouble(text: string, place: ScalarPlace): string {
  let out = '"';
  let column = place.column + 1;
  let afterSpace = false;
  const chars = Array.from(text);
  for (const [index, char] of chars.entries()) {
    const code = char.codePointAt(0) ?? 0;
    let written = char;
    if (code > 0xffff || !isPrintable(code) || isBreakCode(code) || char === '"' || char === '\\') {
      written = ESCAPES[code] ?? numericEscape(code);
      afterSpace = false;
    } else if (char === ' ') {
      const isInside = index > 0 && index < chars.length - 1;
      if (!place.isKey && !afterSpace && column > BEST_WIDTH && isInside) {
        out += `\n${' '.repeat(place.indent)}`;
        column = place.indent;
        written = chars[index + 1] === ' ' ? '\\' : '';
      }
      afterSpace = true;
    } else afterSpace = false;
    out += written;
    column += written.length;
  }
  return `${out}"`;
}

function numericEscape(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function writeLiteral(text: string, indent: number): string {
  const lead = text.startsWith(' ') || isBreakCode(text.charCodeAt(0)) ? '2' : '';
  const isClosed = isBreakCode(text.charCodeAt(text.length - 1));
  const isOpen = isClosed && (text.length === 1 || isBreakCode(text.charCodeAt(text.length - 2)));
  const chomp = isOpen ? '+' : isClosed ? '' : '-';
  const pad = ' '.repeat(indent);
  const body = (isClosed ? text.slice(0, -1) : text).split('\n').map((line) => (line === '' ? '' : pad + line));
  return `|${lead}${chomp}\n${body.join('\n')}`;
}
