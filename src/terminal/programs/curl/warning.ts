/** curl's `Warning: ` and `Note: ` lines, folded at the terminal's width (src/tool_msgs.c). */

const DEFAULT_COLUMNS = 79;

/** The lines of a warning; a line that is cut keeps its last blank. */
export function warningText(text: string, columns = DEFAULT_COLUMNS): string {
  const prefix = 'Warning: ';
  const width = columns - prefix.length;
  let out = '';
  for (let rest = text; rest !== '';) {
    if (rest.length <= width) return `${out}${prefix}${rest}\n`;
    const blank = rest.lastIndexOf(' ', width - 1);
    const cut = blank <= 0 ? width : blank + 1;
    out += `${prefix}${rest.slice(0, cut)}\n`;
    rest = rest.slice(cut);
  }
  return out;
}
