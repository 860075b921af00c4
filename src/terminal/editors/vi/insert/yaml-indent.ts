/** How vim indents YAML: what its indent/yaml.vim makes of the lines before, a shiftwidth for each step. */

const INDENT = /^[ \t]*/;
const LIST_ITEM = /^\s*-(?:\s|$)/;
const KEY = /^\s*(?:-\s+)*(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s#"'[\]{},][^:#]*?)\s*:(?:\s|$)/;
const OPENS = /[{[:]$|[:-] [|>][+-]?(?:\s+#.*|\s*)$/;
const SCALAR_VALUE = /:\s+[^\s|>{[&!*#]/;

const widthOf = (line: string): number => (INDENT.exec(line)?.[0] ?? '').replaceAll('\t', ' '.repeat(8)).length;
const isComment = (line: string): boolean => /^\s*#/.test(line);

/** The last line before a row that is not blank. */
function lineBefore(lines: readonly string[], row: number): number {
  let at = row - 1;
  while (at >= 0 && (lines[at] ?? '').trim() === '') at -= 1;
  return at;
}

/** The last line before a row, indented as far at most, that looks like this. */
function kindred(lines: readonly string[], row: number, looks: RegExp): number | undefined {
  let most = widthOf(lines[row] ?? '');
  for (let at = lineBefore(lines, row); at >= 0; at = lineBefore(lines, at)) {
    const line = lines[at] ?? '';
    if (isComment(line) || widthOf(line) > most) continue;
    if (looks.test(line)) return at;
    most = widthOf(line);
  }
  return undefined;
}

/** How far the line of a row is to be indented. */
export function yamlIndent(lines: readonly string[], row: number, step: number): number {
  const line = lines[row] ?? '';
  let before = lineBefore(lines, row);
  if (before < 0) return 0;
  if (isComment(line) && isComment(lines[row - 1] ?? '')) return widthOf(lines[before] ?? '');
  const first = widthOf(lines[before] ?? '');
  while (before >= 0 && isComment(lines[before] ?? '')) before = lineBefore(lines, before);
  if (before < 0) return first;
  const previous = lines[before] ?? '';
  const indent = widthOf(previous);
  if (OPENS.test(previous)) return LIST_ITEM.test(line) ? Math.max(widthOf(line), indent + step) : indent + step;
  if (LIST_ITEM.test(line)) return widthOf(lines[kindred(lines, row, LIST_ITEM) ?? before] ?? '');
  if (KEY.test(line)) {
    const key = lines[kindred(lines, row, KEY) ?? before] ?? '';
    return widthOf(key) + (/^\s*- /.test(key) ? 2 : 0);
  }
  if (/^\s*- /.test(previous)) return indent + 2;
  return KEY.test(previous) && SCALAR_VALUE.test(previous) ? indent + step : indent;
}
