/** Version order (`sort -V`, `ls -v`): gnulib's filevercmp, in which runs of digits are numbers and `~` comes before all. */
import { byteCompare } from './byte-order.ts';

export function versionCompare(a: string, b: string): number {
  if (a === b) return 0;
  const order = specialOrder(a) - specialOrder(b);
  if (order !== 0) return order;
  const bare = (text: string): string => text.replace(/(\.[A-Za-z~][A-Za-z0-9~]*)*$/, '');
  const [x, y] = [bare(a), bare(b)];
  // Names that differ in their endings only are compared as a whole.
  return (x === y ? 0 : compareRuns(x, y)) || compareRuns(a, b) || byteCompare(a, b);
}

/** The empty name, `.`, `..` and then what begins with a dot come first. */
function specialOrder(text: string): number {
  if (text === '') return 0;
  if (text === '.') return 1;
  if (text === '..') return 2;
  return text.startsWith('.') ? 3 : 4;
}

function compareRuns(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const difference = weight(a, i) - weight(b, j);
      if (difference !== 0) return difference;
      i += 1;
      j += 1;
    }
    const [x, y] = [digits(a, i), digits(b, j)];
    const [bareX, bareY] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
    if (bareX.length !== bareY.length) return bareX.length - bareY.length;
    if (bareX !== bareY) return bareX < bareY ? -1 : 1;
    i += x.length;
    j += y.length;
  }
  return 0;
}

const isDigit = (text: string, at: number): boolean => /^\d$/.test(text.charAt(at));
const digits = (text: string, at: number): string => /^\d*/.exec(text.slice(at))?.[0] ?? '';

/** Of a character that is no digit: `~`, the end, digits, letters, then all others. */
function weight(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === '~') return -1;
  if (char === '' || /\d/.test(char)) return 0;
  return /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256;
}
