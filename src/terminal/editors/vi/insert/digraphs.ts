/**
 * ^K and two characters that stand for another: letters with marks, Greek and Cyrillic are made from their parts, signs
 * are listed. RFC 1345 names more; two characters that stand for nothing give the second, as in vim.
 */

/** What follows a letter: the mark that is put on it. */
const MARKS: Readonly<Record<string, string>> = {
  '!': '\u0300',
  "'": '\u0301',
  '>': '\u0302',
  '?': '\u0303',
  ':': '\u0308',
  '-': '\u0304',
  '(': '\u0306',
  '.': '\u0307',
  ',': '\u0327',
  '<': '\u030c',
  '"': '\u030b',
  ';': '\u0328',
  '0': '\u030a',
};
const GREEK = ['abgdezyhiklmncoprstufxqw', 'αβγδεζηθικλμνξοπρστυφχψω'] as const;

const SIGNS: readonly (readonly [string, string])[] = [
  ['Eu', '€'],
  ['Pd', '£'],
  ['Ye', '¥'],
  ['Ct', '¢'],
  ['Cu', '¤'],
  ['Co', '©'],
  ['Rg', '®'],
  ['TM', '™'],
  ['SE', '§'],
  ['PI', '¶'],
  ['DG', '°'],
  ['My', 'µ'],
  ['+-', '±'],
  ['*X', '×'],
  ['-:', '÷'],
  ['12', '½'],
  ['14', '¼'],
  ['34', '¾'],
  ['1S', '¹'],
  ['2S', '²'],
  ['3S', '³'],
  ['->', '→'],
  ['<-', '←'],
  ['-!', '↑'],
  ['-v', '↓'],
  ['=>', '⇒'],
  ['<=', '⇐'],
  ['==', '⇔'],
  ['!=', '≠'],
  ['=<', '≤'],
  ['>=', '≥'],
  ['00', '∞'],
  ['RT', '√'],
  ['!I', '¡'],
  ['?I', '¿'],
  ['<<', '«'],
  ['>>', '»'],
  ['ss', 'ß'],
  ['AE', 'Æ'],
  ['ae', 'æ'],
  ['O/', 'Ø'],
  ['o/', 'ø'],
  ['AA', 'Å'],
  ['aa', 'å'],
  ['.M', '·'],
  ['-N', '–'],
  ['-M', '—'],
  ['..', '‥'],
  [',.', '…'],
  ['OK', '✓'],
  ['XX', '✗'],
  ['NS', '\u00a0'],
];
const BY_NAME: ReadonlyMap<string, string> = new Map(SIGNS);

export function digraph(first: string, second: string): string {
  const sign = BY_NAME.get(first + second) ?? BY_NAME.get(second + first);
  return sign ?? marked(first, second) ?? greek(first, second) ?? second;
}

function marked(letter: string, sign: string): string | undefined {
  const mark = MARKS[sign];
  if (mark === undefined || !/[a-zA-Z]/.test(letter)) return undefined;
  const whole = (letter + mark).normalize('NFC');
  return [...whole].length === 1 ? whole : undefined;
}

function greek(letter: string, sign: string): string | undefined {
  const at = sign === '*' ? GREEK[0].indexOf(letter.toLowerCase()) : -1;
  const found = at < 0 ? undefined : [...GREEK[1]][at];
  return letter === letter.toLowerCase() ? found : found?.toUpperCase();
}
