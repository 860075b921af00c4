/** What :s puts in the place of a match. */
import { valueOf } from '../script/expression.ts';
import { Fault, textOf as shownText } from '../script/script-values.ts';
import type { ViState } from '../state/state.ts';

/** The value of \=, in whose expression submatch() is the match. */
function calculated(text: string, groups: readonly unknown[], at: ViState): string {
  const found = valueOf(text, { state: at, groups: groups.map(textOf) });
  if ('fault' in found) throw new Fault(found.fault);
  return typeof found.value === 'object' ? found.value.map(shownText).join('\n') : shownText(found.value);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\0', r: '\n', t: '\t' };

/** The text that comes in: & and \1 are what was found; \u \l change the next character, \U \L all up to \E. */
export function replacementText(text: string, groups: readonly unknown[], at: ViState): string {
  if (text.startsWith('\\=')) return calculated(text.slice(2), groups, at);
  let out = '';
  let next = '';
  let lasting = '';
  const put = (part: string): void => {
    if (part === '') return;
    const whole = inCase(part, lasting);
    const [first = ''] = whole;
    out += next === '' ? whole : inCase(first, next) + whole.slice(first.length);
    next = '';
  };
  for (const [mark, escaped] of text.matchAll(/\\([\s\S])|[\s\S]/gu)) {
    if (escaped === undefined) put(mark === '&' ? String(groups[0]) : mark === '\r' ? '\n' : mark);
    else if (/[ul]/.test(escaped)) next = escaped;
    else if (/[ULEe]/.test(escaped)) lasting = /[UL]/.test(escaped) ? escaped : '';
    else if (/\d/.test(escaped)) put(escaped === '0' ? String(groups[0]) : textOf(groups[Number(escaped)]));
    else put(ESCAPES[escaped] ?? escaped);
  }
  return out;
}
const textOf = (group: unknown): string => (typeof group === 'string' ? group : '');

function inCase(text: string, letter: string): string {
  if (letter === '') return text;
  return letter.toUpperCase() === 'U' ? text.toUpperCase() : text.toLowerCase();
}
