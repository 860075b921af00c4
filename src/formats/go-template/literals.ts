/** Numbers and quoted strings of templates, as Go writes them. */
import { C_ESCAPES } from '../c-escapes.ts';

/** A number token: an integer of any base as bigint, anything with a fraction or an exponent as number. */
export function parseNumber(text: string): bigint | number {
  const plain = text.replaceAll('_', '');
  if (/[.]|^[+-]?[0-9]+[eE]/.test(plain)) return Number(plain);
  const sign = plain.startsWith('-') ? -1n : 1n;
  const digits = plain.replace(/^[+-]/, '');
  return sign * BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

const ESCAPES: Readonly<Record<string, string>> = { ...C_ESCAPES, "'": "'", '"': '"' };

/** The text between the quotes of a string or character with its escapes resolved; undefined where an escape is unknown. */
export function unquoteBody(body: string): string | undefined {
  let valid = true;
  const text = body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gsu,
    (_all, hex?: string, short?: string, long?: string, octal?: string, plain?: string) => {
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      const code = hex ?? short ?? long;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      const known = ESCAPES[plain ?? ''];
      if (known === undefined) valid = false;
      return known ?? '';
    },
  );
  return valid ? text : undefined;
}
