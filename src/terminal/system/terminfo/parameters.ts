/** Strings of terminfo with their parameters put in (terminfo(5), tparm): a little machine with a stack. */

const ESCAPES: Readonly<Record<string, string>> = {
  E: '\x1b',
  e: '\x1b',
  n: '\n',
  l: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  s: ' ',
};

/** The characters that a description writes as `\E`, `^G`, `\017`; delays are left out. */
export const decoded = (text: string): string =>
  text
    .replace(/\$<[\d.]+[*/]*>/g, '')
    .replace(/\\([0-7]{3})|\\(.)|\^(.)/g, (_, octal?: string, letter?: string, control?: string) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      if (letter !== undefined) return ESCAPES[letter] ?? (letter === '0' ? '\x80' : letter);
      return control === '?' ? '\x7f' : String.fromCharCode((control ?? '').charCodeAt(0) & 31);
    });

/** How many parameters a string takes. */
export const arityOf = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/%p([1-9])/g)].map(([, digit]) => Number(digit)));

const TOKEN =
  /%(?:p([1-9])|'(.)'|\{(\d+)\}|([PgG][A-Za-z])|(:?[-+# ]*\d*(?:\.\d+)?[doxXs])|(c)|([-+*/m&|^=><AO!~il%?te;]))|([^%]+)/gs;

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? 0 : Math.trunc(a / b)),
  m: (a, b) => (b === 0 ? 0 : a % b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '=': (a, b) => Number(a === b),
  '>': (a, b) => Number(a > b),
  '<': (a, b) => Number(a < b),
  A: (a, b) => Number(a !== 0 && b !== 0),
  O: (a, b) => Number(a !== 0 || b !== 0),
};

/** Missing parameters are 0. */
export function withParameters(text: string, given: readonly (number | string)[]): string {
  const parameters: (number | string)[] = Array.from({ length: 9 }, (_, at) => given[at] ?? 0);
  const stack: (number | string)[] = [];
  const variables = new Map<string, number | string>();
  const number = (): number => Number(stack.pop() ?? 0);
  /** Whether output counts, for each `%?` that is open; a branch that was taken closes the others. */
  const open: { runs: boolean; done: boolean; outer: boolean }[] = [];
  let runs = true;
  let out = '';
  for (const [, parameter, char, constant, variable, format, single, operator = '', plain] of text.matchAll(TOKEN)) {
    if (operator === '?') open.push({ runs, done: false, outer: runs });
    const branch = open.at(-1);
    if (operator === 't' && branch !== undefined && runs) {
      runs = number() !== 0;
      branch.done = runs;
      continue;
    }
    if (operator === 'e' && branch !== undefined) {
      runs = branch.outer && !branch.done;
      continue;
    }
    if (operator === ';' && branch !== undefined) {
      runs = branch.outer;
      open.pop();
      continue;
    }
    if (!runs) continue;
    if (plain !== undefined) out += plain;
    else if (parameter !== undefined) stack.push(parameters[Number(parameter) - 1] ?? 0);
    else if (char !== undefined) stack.push(char.charCodeAt(0));
    else if (constant !== undefined) stack.push(Number(constant));
    else if (variable?.startsWith('P') === true) variables.set(variable.slice(1), stack.pop() ?? 0);
    else if (variable !== undefined) stack.push(variables.get(variable.slice(1)) ?? 0);
    else if (single !== undefined) out += String.fromCharCode(number());
    else if (format !== undefined) out += formatted(format, stack.pop() ?? 0);
    else if (operator === '%') out += '%';
    else if (operator === 'i') for (const at of [0, 1]) parameters[at] = Number(parameters[at]) + 1;
    else if (operator === 'l') stack.push(String(stack.pop() ?? '').length);
    else if (operator === '!') stack.push(Number(number() === 0));
    else if (operator === '~') stack.push(~number());
    else {
      const apply = BINARY[operator];
      if (apply === undefined) continue;
      const second = number();
      stack.push(apply(number(), second));
    }
  }
  return out;
}

/** `%d`, `%02x`, `%:-5s`. */
function formatted(format: string, value: number | string): string {
  const [, flags = '', width = '', letter = 'd'] = /^:?([-+# ]*)(\d*)(?:\.\d+)?([doxXs])$/.exec(format) ?? [];
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  const text = letter === 's' ? String(value) : Number(value).toString(radix);
  const cased = letter === 'X' ? text.toUpperCase() : text;
  if (flags.includes('-')) return cased.padEnd(Number(width));
  return cased.padStart(Number(width), width.startsWith('0') && letter !== 's' ? '0' : ' ');
}
