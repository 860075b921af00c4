/** Which known names a mistyped one may have meant (Cobra: Levenshtein distance of at most two, or a prefix). */

export function suggestNames(typed: string, names: readonly string[], distance = 2): string[] {
  const low = typed.toLowerCase();
  return names.filter((name) => levenshtein(low, name.toLowerCase()) <= distance || name.toLowerCase().startsWith(low));
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_item, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a.charAt(row - 1) === b.charAt(column - 1) ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
