/** Brace expansion, which happens on the text of a word before anything else (bash(1), Brace Expansion). */
import { afterUnit } from './quoted-units.ts';

/** The words that one word's text becomes; itself where nothing expands. */
export function braceExpand(text: string): readonly string[] {
  if (!text.includes('{')) return [text];
  const open = findGroup(text);
  if (open === undefined) return [text];
  const { start, end, items } = open;
  const head = text.slice(0, start);
  const tails = braceExpand(text.slice(end + 1));
  if (items.length * tails.length > WORDS_BOUND) throw new BraceBound(items.length * tails.length);
  const out: string[] = [];
  for (const item of items) for (const tail of tails) out.push(head + item + tail);
  return out;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly items: readonly string[];
}

function findGroup(text: string): Group | undefined {
  for (let i = 0; i < text.length; i = afterUnit(text, i)) {
    if (text.charAt(i) !== '{') continue;
    const group = readGroup(text, i);
    if (group !== undefined) return group;
  }
  return undefined;
}

function readGroup(text: string, start: number): Group | undefined {
  const commas: number[] = [];
  let depth = 0;
  for (let i = start; i < text.length; i = afterUnit(text, i)) {
    const char = text.charAt(i);
    if (char === '{') depth += 1;
    else if (char === ',' && depth === 1) commas.push(i);
    else if (char === '}') {
      depth -= 1;
      if (depth > 0) continue;
      if (commas.length > 0) {
        const cuts = [start, ...commas, i];
        const items = cuts.slice(1).flatMap((cut, at) => braceExpand(text.slice((cuts[at] ?? 0) + 1, cut)));
        return { start, end: i, items };
      }
      const items = sequence(text.slice(start + 1, i));
      return items === undefined ? undefined : { start, end: i, items };
    }
  }
  return undefined;
}

/** Words that one expansion may become. */
const WORDS_BOUND = 1_000_000;

/** An expansion that the simulator has no memory for. */
export class BraceBound extends Error {
  constructor(count: number) {
    super(
      `brace expansion: failed to allocate memory for ${String(count)} elements (drydock bound: ${String(WORDS_BOUND)} elements)`,
    );
  }
}

function sequence(body: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (match === null) return undefined;
  const [, from = '', to = '', rawStep] = match;
  const letters = /^[A-Za-z]$/.test(from);
  if (letters !== /^[A-Za-z]$/.test(to)) return undefined;
  const low = letters ? from.charCodeAt(0) : Number(from);
  const high = letters ? to.charCodeAt(0) : Number(to);
  const size = Math.max(1, Math.abs(Number(rawStep ?? '1')));
  const step = low <= high ? size : -size;
  const padded = !letters && (/^-?0\d/.test(from) || /^-?0\d/.test(to));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const count = Math.floor(Math.abs(high - low) / size) + 1;
  if (count > WORDS_BOUND) throw new BraceBound(count);
  const out: string[] = [];
  for (let n = low; step > 0 ? n <= high : n >= high; n += step) {
    out.push(letters ? letterWord(String.fromCharCode(n)) : pad(n, width));
  }
  return out;
}

/** What lies between Z and a is read as shell text again: a backslash is quoted away, a lone backquote stays. */
const letterWord = (letter: string): string => (letter === '\\' ? "''" : letter === '`' ? '\\`' : letter);

function pad(n: number, width: number): string {
  const digits = String(Math.abs(n));
  return n < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}
