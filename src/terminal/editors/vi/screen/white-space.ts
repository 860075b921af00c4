/** How `:set list` shows tabs, blanks and the ends of lines (`listchars`). */
import type { ViOptions } from '../state/options.ts';

export interface ListChars {
  readonly eol: string;
  /** The first character of a tab and the one that fills it; empty: a tab is ^I. */
  readonly tab: string;
  readonly trail: string;
  readonly space: string;
  readonly lead: string;
}

/** Undefined where white space is not shown. */
export function listCharsOf({ list, listchars }: ViOptions): ListChars | undefined {
  if (!list) return undefined;
  const found = new Map(
    [...listchars.matchAll(/(?:^|,)([a-z]+):((?:,|[^,])[^,]*)/gu)].map(([, name = '', value = '']) => [name, value]),
  );
  const of = (name: string): string => found.get(name) ?? '';
  return { eol: of('eol'), tab: of('tab'), trail: of('trail'), space: of('space'), lead: of('lead') };
}
