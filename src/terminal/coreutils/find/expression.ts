/** find's expression as one test that says yes or no of a file. */
import { ACTIONS } from './actions.ts';
import type { ExpressionReader, Test } from './reader.ts';
import { Usage } from './reader.ts';
import { TESTS } from './tests.ts';

/** Parses what the reader holds; throws `Usage` where it is malformed. */
export function parseExpression(reader: ExpressionReader): Test {
  const test = reader.next === undefined ? (): boolean => true : new Parser(reader).whole();
  if (reader.walk.acted) return test;
  return async (here) => {
    if (await test(here)) reader.io.line(here.path);
    return true;
  };
}

/** Of the tests and actions those that busybox' find has. */
const BUSYBOX_WORDS: ReadonlySet<string> = new Set(
  `-follow -xdev -maxdepth -mindepth -depth -name -iname -path -ipath -regex -type -executable -perm -mtime -atime -ctime
  -mmin -amin -cmin -newer -inum -samefile -user -group -size -links -empty -prune -quit -delete -print -print0 -exec
  -ok`.split(/\s+/),
);

class Parser {
  readonly #reader: ExpressionReader;
  constructor(reader: ExpressionReader) {
    this.#reader = reader;
  }

  whole(): Test {
    const test = this.#or();
    const extra = this.#reader.next;
    if (extra === ')') throw new Usage("you have too many ')'");
    if (extra !== undefined) throw new Usage(`unexpected argument '${extra}'`);
    return test;
  }

  #or(): Test {
    let left = this.#and();
    while (['-o', '-or'].includes(this.#reader.next ?? '')) {
      this.#reader.take();
      const a = left;
      const b = this.#and();
      left = async (here) => (await a(here)) || (await b(here));
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      const { next } = this.#reader;
      if (next === undefined || next === '-o' || next === '-or' || next === ')') return left;
      if (next === '-a' || next === '-and') this.#reader.take();
      const a = left;
      const b = this.#not();
      left = async (here) => (await a(here)) && (await b(here));
    }
  }

  #not(): Test {
    const word = this.#reader.take() ?? '';
    if (word === '!' || word === '-not') {
      const inner = this.#not();
      return async (here) => !(await inner(here));
    }
    if (word !== '(') return this.#primary(word);
    const inner = this.#or();
    if (this.#reader.take() !== ')')
      throw new Usage("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    return inner;
  }

  #primary(name: string): Test {
    const make = TESTS[name] ?? ACTIONS[name];
    const isKnown = this.#reader.flavour === 'gnu' || BUSYBOX_WORDS.has(name);
    if (make !== undefined && isKnown) return make(this.#reader, name);
    throw new Usage(
      name === '-!'
        ? `expected an expression after '-!'`
        : name.startsWith('-')
          ? `unknown predicate \`${name}'`
          : `paths must precede expression: \`${name}'`,
    );
  }
}
