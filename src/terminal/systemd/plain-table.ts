/** Columns one blank apart, as systemd's tables print them; those named stand at the right. */
export function plainTable(
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<string> = new Set(),
): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        if (rightAligned.has(head[column] ?? '')) return cell.padStart(width);
        return column === row.length - 1 ? cell : cell.padEnd(width);
      })
      .join(' '),
  );
}
