/** Values of Vim script's expressions: what they are as texts and numbers, and where they are looked up. */
import type { ViState } from '../state/state.ts';

export type Value = number | string | readonly Value[];

/** What an expression can refer to. */
export interface Scope {
  readonly state: ViState;
  /** The match of :s/\= and its groups. */
  readonly groups: readonly string[];
}

/** An expression that cannot be evaluated, with Vim's words for why. */
export class Fault extends Error {}

export function textOf(value: Value): string {
  if (typeof value === 'object') throw new Fault('E730: Using a List as a String');
  return String(value);
}
/** A text counts as the number that it begins with. */
export function numberOf(value: Value): number {
  if (typeof value === 'object') throw new Fault('E745: Using a List as a Number');
  if (typeof value === 'number') return value;
  const hex = /^\s*0[xX]([\da-fA-F]+)/.exec(value)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  return Number(/^\s*-?\d+/.exec(value)?.[0] ?? 0);
}
/** As :echo prints it. */
export const shownValue = (value: Value): string => (typeof value === 'object' ? quotedValue(value) : String(value));
const quotedValue = (value: Value): string =>
  typeof value === 'object'
    ? `[${value.map(quotedValue).join(', ')}]`
    : typeof value === 'string'
      ? `'${value.replaceAll("'", "''")}'`
      : String(value);
