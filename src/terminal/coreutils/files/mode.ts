/** A numeric or symbolic mode applied to an old one (chmod(1)); undefined where it is malformed. */
export function parseMode(text: string, old: number, mask: number, directory = false): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = old;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (match === null) return undefined;
    const who = match[1] === '' ? 'a' : (match[1] ?? 'a');
    for (const [, operator = '', letters = ''] of (match[2] ?? '').matchAll(/([-+=])([rwxXstugo]*)/g)) {
      for (const [name, shift] of [
        ['u', 6],
        ['g', 3],
        ['o', 0],
      ] as const) {
        if (!who.includes(name) && !who.includes('a')) continue;
        let bits = 0;
        if (/^[ugo]$/.test(letters)) bits = (old >> (letters === 'u' ? 6 : letters === 'g' ? 3 : 0)) & 7;
        if (letters.includes('r')) bits |= 4;
        if (letters.includes('w')) bits |= 2;
        if (letters.includes('x') || (letters.includes('X') && (directory || (old & 0o111) !== 0))) bits |= 1;
        let value = bits << shift;
        if (match[1] === '' && operator !== '=') value &= ~mask;
        if (letters.includes('s') && shift > 0) value |= shift === 6 ? 0o4000 : 0o2000;
        if (operator === '+') mode |= value;
        else if (operator === '-') mode &= ~value;
        else mode = (mode & ~(7 << shift)) | value;
      }
      if (letters.includes('t')) mode = operator === '-' ? mode & ~0o1000 : mode | 0o1000;
    }
  }
  return mode;
}
