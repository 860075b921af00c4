/** The order in which go-yaml prints the keys of a map: letters after everything else, digits by their number. */

export function compareYamlKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const x = left[index] ?? '';
    const y = right[index] ?? '';
    if (x === y) continue;
    const isLetterX = isLetter(x);
    const isLetterY = isLetter(y);
    if (isLetterX && isLetterY) return x < y ? -1 : 1;
    if (isLetterX || isLetterY) return isLetterY ? -1 : 1;
    return compareNumbers(left, right, index) ?? compareCodes(x, y);
  }
  return left.length - right.length;
}

function compareNumbers(left: readonly string[], right: readonly string[], index: number): number | undefined {
  const start = left[index] === '0' || right[index] === '0' ? leadingValue(left, index) : 0;
  const [x, endX] = digitsFrom(left, index, start);
  const [y, endY] = digitsFrom(right, index, start);
  if (x !== y) return x < y ? -1 : 1;
  return endX === endY ? undefined : endX - endY;
}

/** A zero counts as a digit of a number only after another digit that is not zero. */
function leadingValue(runes: readonly string[], index: number): number {
  for (let back = index - 1; back >= 0 && isDigit(runes[back]); back -= 1) {
    if (runes[back] !== '0') return 1;
  }
  return 0;
}

function digitsFrom(runes: readonly string[], index: number, start: number): readonly [number, number] {
  let value = start;
  let end = index;
  for (; end < runes.length && isDigit(runes[end]); end += 1) value = value * 10 + Number(runes[end]);
  return [value, end];
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function isLetter(char: string): boolean {
  return /^\p{L}$/u.test(char);
}

function compareCodes(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
