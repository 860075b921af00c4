/** Field selectors (kubernetes apimachinery/pkg/fields): `metadata.name=a,status.phase!=Running`. */
import type { SelectorError } from './label-selector.ts';

export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '==' | '!=';
  readonly value: string;
}

/** Parses a field selector; `\,` `\=` and `\\` stand for themselves in values. */
export function parseFieldSelector(text: string): readonly FieldRequirement[] | SelectorError {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text)) {
    if (term === '') continue;
    const match = /^((?:[^=!\\]|\\.)*?)(!=|==|=)(.*)$/s.exec(term);
    if (match === null) return { error: `invalid selector: '${text}'; can't understand '${term}'` };
    const [, field = '', operator = '=', raw = ''] = match;
    const value = unescape(raw);
    if (typeof value !== 'string') return value;
    requirements.push({ field, operator: operator === '!=' ? '!=' : operator === '==' ? '==' : '=', value });
  }
  return requirements;
}

/** True when all requirements hold; `valueOf` answers a field's text ('' when unset). */
export const fieldsMatch = (requirements: readonly FieldRequirement[], valueOf: (field: string) => string): boolean =>
  requirements.every(({ field, operator, value }) => (valueOf(field) === value) === (operator !== '!='));

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === ',') {
      terms.push(text.slice(from, at));
      from = at + 1;
    }
  }
  terms.push(text.slice(from));
  return terms;
}

function unescape(raw: string): string | SelectorError {
  let out = '';
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw.charAt(at);
    if (char === '\\') {
      const next = raw.charAt(at + 1);
      if (next !== '\\' && next !== ',' && next !== '=')
        return { error: `invalid field selector: invalid escape sequence: \\${next}` };
      out += next;
      at += 1;
    } else if (char === ',' || char === '=')
      return { error: `invalid field selector: unescaped character in value: ${char}` };
    else out += char;
  }
  return out;
}
