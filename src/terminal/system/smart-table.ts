/** Tables and sizes as util-linux prints them (libsmartcols, size_to_human_string). */

export interface SmartColumn {
  readonly title: string;
  readonly right?: boolean;
}

/** Lines of a table: cells padded to their columns, the last left-aligned one bare. */
export function smartTable(
  columns: readonly SmartColumn[],
  rows: readonly (readonly string[])[],
  options: { readonly noHeadings?: boolean; readonly raw?: boolean } = {},
): readonly string[] {
  const all = options.noHeadings === true ? rows : [columns.map(({ title }) => title), ...rows];
  if (options.raw === true) return all.map((row) => row.map((cell) => cell.replace(/ /g, '\\x20')).join(' '));
  // Titles make room for themselves even where they are not printed.
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  return all.map((row) =>
    columns
      .map(({ right }, at) => {
        const cell = row[at] ?? '';
        if (right === true) return cell.padStart(widths[at] ?? 0);
        return at === columns.length - 1 ? cell : cell.padEnd(widths[at] ?? 0);
      })
      .join(' '),
  );
}

/** `2G`, `39.9G`, `512M`, `0B`: one decimal where it is not zero. */
export function smartSize(bytes: number): string {
  let unit = 0;
  let scale = 1;
  while (unit < 6 && bytes >= scale * 1_024) {
    scale *= 1_024;
    unit += 1;
  }
  let whole = Math.floor(bytes / scale);
  let tenths = Math.floor((Math.floor(((bytes % scale) * 1_000) / scale) + 50) / 100);
  if (tenths === 10) {
    whole += 1;
    tenths = 0;
  }
  return `${String(whole)}${tenths === 0 ? '' : `.${String(tenths)}`}${'BKMGTPE'.charAt(unit)}`;
}

/** Pairs as `-P` prints them: `NAME="sda" SIZE="40G"`. */
export const smartPairs = (columns: readonly SmartColumn[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.map((row) => columns.map(({ title }, at) => `${title}="${row[at] ?? ''}"`).join(' '));
