/** Numeric arguments: digits typed with Alt, perhaps after a minus; universal-argument multiplies by four. */
import type { EditorState } from './state.ts';

const MOST = 1_000_000;

export const hasArgument = ({ argument }: EditorState): boolean => argument !== '';

/** The numeric argument; 1 where none was typed. */
export function countOf({ argument }: EditorState): number {
  if (argument === '') return 1;
  if (argument === '-') return -1;
  return Math.max(-MOST, Math.min(MOST, Number(argument.replace('*', ''))));
}

/** The argument with one more character; undefined where this does not belong to it. */
export function withDigit(argument: string, char: string): string | undefined {
  if (/^\d$/.test(char)) return argument.startsWith('*') ? char : argument + char;
  return char === '-' && (argument === '' || argument.startsWith('*')) ? '-' : undefined;
}

/** A minus alone is -1, to which digits that are typed with Alt are added. */
export const oneIfSign = (argument: string): string => (argument === '-' ? '-1' : argument);

export const timesFour = (argument: string): string =>
  `*${String(argument.startsWith('*') || argument === '' ? 4 * Number(argument.slice(1) || '1') : 4)}`;
