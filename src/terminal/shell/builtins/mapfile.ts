/** mapfile, also called readarray: lines of an input as the elements of an array. */
import { readLine } from '../input/read-line.ts';
import type { Op } from '../machine/op.ts';
import { quoteForReuse } from '../quote.ts';
import { runNested } from '../machine/run-nested.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { readLetters } from './letters.ts';
import { fault, isName } from './message.ts';

interface Request {
  readonly name: string;
  readonly fd: number;
  readonly delimiter: number;
  /** 0: as many as there are. */
  readonly count: number;
  readonly skip: number;
  /** Where the first goes; the array is kept then. */
  readonly origin: number | undefined;
  readonly strip: boolean;
  /** What runs for each `quantum` lines. */
  readonly callback: string | undefined;
  readonly quantum: number;
}

/** Letters whose value is a number, and what it is called. */
const NUMBERS = {
  u: 'file descriptor specification',
  n: 'line count',
  s: 'line count',
  O: 'array origin',
  c: 'callback quantum',
} as const;

export const mapfile: Builtin = function* (shell, args, command) {
  const builtin = command.argv[0] ?? 'mapfile';
  const letters = yield* readLetters(shell, builtin, args, 'd:u:n:O:tC:c:s:');
  if (typeof letters === 'number') return letters;
  const numbers = new Map<string, number>();
  for (const [letter, what] of Object.entries(NUMBERS)) {
    const value = letters.valueOf(letter);
    if (value === undefined) continue;
    if (!/^\s*\+?\d+\s*$/.test(value) || (letter === 'c' && Number(value) === 0))
      return yield* fault(shell, `${builtin}: ${value}: invalid ${what}`);
    numbers.set(letter, Number(value));
  }
  const [name = 'MAPFILE'] = letters.operands;
  const fd = numbers.get('u') ?? 0;
  if (!shell.process.descriptors().includes(fd))
    return yield* fault(shell, `${builtin}: ${String(fd)}: invalid file descriptor: Bad file descriptor`);
  if (name === '') return yield* fault(shell, `${builtin}: empty array variable name`, 2);
  if (!isName(name)) return yield* fault(shell, `${builtin}: \`${name}': not a valid identifier`);
  const delimiter = letters.valueOf('d');
  return yield* readInto(shell, builtin, {
    name,
    fd,
    delimiter: delimiter === undefined ? 10 : delimiter === '' ? 0 : delimiter.charCodeAt(0),
    count: numbers.get('n') ?? 0,
    skip: numbers.get('s') ?? 0,
    origin: numbers.get('O'),
    strip: letters.has('t'),
    callback: letters.valueOf('C'),
    quantum: numbers.get('c') ?? 5_000,
  });
};

function* readInto(shell: Shell, builtin: string, request: Request): Op<number> {
  const { name, fd, delimiter, count, skip, origin, strip } = request;
  const variable = shell.vars.ensure(name);
  if (variable.readonly) return yield* fault(shell, `${name}: readonly variable`);
  if (variable.associative !== undefined) return yield* fault(shell, `${builtin}: ${name}: not an indexed array`);
  if (origin === undefined) {
    variable.indexed = new Map();
    variable.value = undefined;
  }
  const indexed = shell.toIndexed(variable);
  for (let seen = 0; count === 0 || seen < skip + count; seen += 1) {
    const line = yield* readLine(shell, fd, { delimiter, raw: true });
    const whole = line.type === 'line';
    if (!whole && line.text === '') break;
    const text = line.text + (strip || !whole || delimiter === 0 ? '' : String.fromCharCode(delimiter));
    if (seen >= skip) {
      const at = (origin ?? 0) + seen - skip;
      yield* callBack(shell, request, at, seen - skip + 1, text);
      if (shell.exited) return shell.status;
      indexed.set(at, text);
    }
    if (!whole) break;
  }
  return 0;
}

/** After so many lines the callback hears of the next element, before it is set. */
function* callBack(shell: Shell, request: Request, at: number, lines: number, text: string): Op<void> {
  if (request.callback === undefined || lines % request.quantum !== 0) return;
  yield* runNested(shell, `${request.callback} ${String(at)} ${quoteForReuse(text)}`);
}
