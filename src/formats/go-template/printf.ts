/** fmt.Sprintf for the values a template sees: text, integers (bigint), floats (number), bool, nil, lists and maps. */
import { formatGoFloat } from '../go-number.ts';
import { goSyntax, goValue, quoteGo } from '../go-syntax.ts';

/** Formats as Go does, its complaints (`%!d(string=x)`, `%!s(MISSING)`, `%!(EXTRA …)`) included. */
export function sprintf(format: string, args: readonly unknown[]): string {
  let used = 0;
  let out = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%]|$)/g,
    (all: string, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      const wide = width === '*' ? Number(args[used++]) : width === undefined ? undefined : Number(width);
      const hasPoint = all.includes('.');
      const exact = precision === '*' ? Number(args[used++]) : hasPoint ? Number(precision ?? 0) : undefined;
      if (used >= args.length) return `%!${verb}(MISSING)`;
      const body = formatVerb(verb, args[used++], flags, exact);
      return pad(body, wide, flags, verb);
    },
  );
  if (used < args.length) {
    const extra = args
      .slice(used)
      .map((value) => (value === null || value === undefined ? '<nil>' : `${goTypeName(value)}=${goValue(value)}`));
    out += `%!(EXTRA ${extra.join(', ')})`;
  }
  return out;
}

/** The Go type of a template's value. */
export function goTypeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    default:
      if (value === null || value === undefined) return '<nil>';
      return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
  }
}

function formatVerb(verb: string, value: unknown, flags: string, precision: number | undefined): string {
  if (verb === 'v') return flags.includes('#') ? goSyntax(value) : goValue(value);
  if (verb === 'T') return goTypeName(value);
  const text = formatTyped(verb, value, flags, precision);
  if (text !== undefined) return text;
  if (Array.isArray(value) && 'sqdxXf'.includes(verb)) {
    return `[${value.map((item) => formatVerb(verb, item, flags, precision)).join(' ')}]`;
  }
  return value === null || value === undefined
    ? `%!${verb}(<nil>)`
    : `%!${verb}(${goTypeName(value)}=${goValue(value)})`;
}

function formatTyped(verb: string, value: unknown, flags: string, precision: number | undefined): string | undefined {
  if (typeof value === 'string') return formatString(verb, value, precision);
  if (typeof value === 'boolean') return verb === 't' ? String(value) : undefined;
  if (typeof value === 'bigint') return formatInteger(verb, value, flags);
  return typeof value === 'number' ? formatFloat(verb, value, flags, precision) : undefined;
}

function formatString(verb: string, value: string, precision: number | undefined): string | undefined {
  const text = precision === undefined ? value : Array.from(value).slice(0, precision).join('');
  if (verb === 's') return text;
  if (verb === 'q') return quoteGo(text);
  if (verb !== 'x' && verb !== 'X') return undefined;
  const hex = encodeURIComponent(text).replace(/%([0-9A-F]{2})|(.)/g, (_all, code?: string, plain?: string) =>
    (code ?? (plain ?? '').charCodeAt(0).toString(16).padStart(2, '0')).toLowerCase(),
  );
  return verb === 'x' ? hex : hex.toUpperCase();
}

function formatInteger(verb: string, value: bigint, flags: string): string | undefined {
  const base = { d: 10, b: 2, o: 8, x: 16, X: 16 }[verb];
  if (base !== undefined) {
    const digits = (value < 0n ? -value : value).toString(base);
    const sign = value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    const prefix = flags.includes('#') && base === 16 ? '0x' : '';
    return sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits);
  }
  if (verb === 'c') return String.fromCodePoint(Number(value));
  if (verb === 'q') return `'${String.fromCodePoint(Number(value))}'`;
  return undefined;
}

function formatFloat(verb: string, value: number, flags: string, precision: number | undefined): string | undefined {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  if (verb === 'f' || verb === 'F') return sign + value.toFixed(precision ?? 6);
  if (verb === 'g')
    return (
      sign + (precision === undefined ? formatGoFloat(value) : formatGoFloat(Number(value.toPrecision(precision || 1))))
    );
  if (verb !== 'e') return undefined;
  return sign + value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
}

function pad(text: string, width: number | undefined, flags: string, verb: string): string {
  if (width === undefined) return text;
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || !'dfFgexXob'.includes(verb)) return ' '.repeat(missing) + text;
  const sign = /^[+-]/.test(text) ? text.charAt(0) : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}
