import { formatPrintf } from '../../printf-format.ts';
import type { Value } from './values.ts';
import { toNumber, toText } from './values.ts';

/** A format asks for more than it was given. */
export class MissingArgument extends Error {}

const NO_SHELL = { quote: (text: string): string => text, nowUs: 0, startUs: 0 };

/** sprintf(): throws `MissingArgument`. */
export function formatText(format: string, values: readonly Value[], convfmt: string): string {
  let used = 0;
  return format.replace(/%(%|[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?[hlL]*[a-zA-Z])/g, (whole, spec: string) => {
    if (spec === '%') return '%';
    const stars = whole.split('*').length - 1;
    const args = values.slice(used, used + stars + 1);
    if (args.length <= stars) throw new MissingArgument();
    used += stars + 1;
    const type = whole.charAt(whole.length - 1);
    const sizes = args.slice(0, -1).map((value) => String(Math.trunc(toNumber(value))));
    const shown = argumentText(type, args.at(-1), convfmt);
    return formatPrintf(whole.replace(/[hlL]*i$/, 'd'), [...sizes, shown], NO_SHELL).text;
  });
}

/** A value in the form that printf(1) reads it in. */
function argumentText(type: string, value: Value, convfmt: string): string {
  if ('dioxXu'.includes(type)) {
    const number = toNumber(value);
    return Number.isFinite(number) ? BigInt(Math.trunc(number)).toString() : String(number);
  }
  if ('eEfFgGaA'.includes(type)) return numberText(toNumber(value));
  if (type === 'c' && typeof value === 'number') return String.fromCodePoint(Math.trunc(value) & 0x1fffff);
  return toText(value, convfmt);
}
const numberText = (value: number): string =>
  Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : 'inf';
