/** Blanks and tabs at the beginning of a line, as `expandtab` and `tabstop` have them. */
import type { ViOptions } from '../state/options.ts';

export const indentWidth = ({ tabstop }: ViOptions, indent: string): number => {
  let width = 0;
  for (const char of indent) width += char === '\t' ? tabstop - (width % tabstop) : 1;
  return width;
};

export function indentation({ expandtab, tabstop }: ViOptions, width: number): string {
  if (expandtab) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / tabstop)) + ' '.repeat(width % tabstop);
}
