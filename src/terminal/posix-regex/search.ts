import { Steps } from './steps.ts';
import type { Program } from './program.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Steps of one search: some tenths of a second. */
const STEPS_BOUND = 5_000_000;

/**
 * The leftmost match and of those the longest, in time that grows with the text alone: the automaton is in all its places at
 * once, and each place knows the leftmost start that leads to it. `fixed`: only a match that begins at
 * `from` counts. `shortest`: the first end that is found will do.
 */
export function findSpan(
  program: Program,
  text: string,
  from: number,
  { fixed, shortest = false }: { readonly fixed: boolean; readonly shortest?: boolean },
): Span | undefined {
  return new Search(program, text).run(from, fixed, shortest);
}

class Search {
  readonly #program: Program;
  readonly #text: string;
  readonly #steps = new Steps(STEPS_BOUND);
  /** For each instruction the last place in the text where it was reached, plus one. */
  readonly #reached: Int32Array;
  /** Instructions that wait for a character with the starts that led there, the leftmost first. */
  #waiting: number[] = [];
  #starts: number[] = [];
  #best: Span | undefined;
  readonly #pending: number[] = [];

  constructor(program: Program, text: string) {
    this.#program = program;
    this.#text = text;
    this.#reached = new Int32Array(program.instructions.length);
  }

  run(from: number, fixed: boolean, shortest: boolean): Span | undefined {
    const { instructions, start } = this.#program;
    let at = from;
    this.#enter(start, at, at);
    while (at < this.#text.length && !(shortest && this.#best !== undefined)) {
      const codePoint = this.#text.codePointAt(at) ?? 0;
      at += codePoint > 0xffff ? 2 : 1;
      const [waiting, starts] = [this.#waiting, this.#starts];
      this.#waiting = [];
      this.#starts = [];
      for (let i = 0; i < waiting.length; i += 1) {
        const begun = starts[i] ?? 0;
        if (this.#best !== undefined && begun > this.#best.start) break;
        const instruction = instructions[waiting[i] ?? 0];
        if (instruction?.type === 'character' && instruction.accepts(codePoint))
          this.#enter(instruction.next, at, begun);
      }
      if (!fixed && this.#best === undefined) this.#enter(start, at, at);
      else if (this.#waiting.length === 0) break;
    }
    return this.#best;
  }

  /** Goes to an instruction and on to all that follow without a character. */
  #enter(first: number, at: number, begun: number): void {
    const pending = this.#pending;
    pending.push(first);
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      this.#steps.take();
      if (this.#reached[index] === at + 1) continue;
      this.#reached[index] = at + 1;
      const instruction = this.#program.instructions[index];
      if (instruction === undefined) continue;
      if (instruction.type === 'split') pending.push(instruction.other, instruction.next);
      else if (instruction.type === 'save') pending.push(instruction.next);
      else if (instruction.type === 'assertion') {
        if (instruction.holds(this.#text, at)) pending.push(instruction.next);
      } else if (instruction.type === 'match') {
        if (this.#best === undefined || begun <= this.#best.start) this.#best = { start: begun, end: at };
      } else {
        this.#waiting.push(index);
        this.#starts.push(begun);
      }
    }
  }
}
