import type { Program } from './program.ts';
import { RegexBound, Steps } from './steps.ts';

/** Which of the ways through an expression counts: the preferred one, the longest, or the preferred one to a given end. */
export type Goal = 'first' | 'longest' | { readonly end: number };

/** Where groups begin and end: slot 2n and 2n+1 for group n, -1 where it took no part; 0 and 1 are the match. */
export type Slots = readonly number[];

/** Steps with back-references: each remembers its groups, so they weigh more. */
const REFERENCE_STEPS_BOUND = 200_000;
const STEPS_BOUND = 5_000_000;
/** Places that one search remembers. */
const PLACES_BOUND = 100_000_000;

/**
 * Goes through an expression from one place in the text, preferred ways first, as the C library does to find the groups.
 * What was tried once at a place is not tried again, so that without back-references the steps grow with the text alone.
 */
export function walk(program: Program, text: string, start: number, goal: Goal, steps: Steps): Slots | undefined {
  return new Walk(program, text, start, goal, steps).run();
}

export const walkSteps = (program: Program): Steps =>
  new Steps(program.referred.length > 0 ? REFERENCE_STEPS_BOUND : STEPS_BOUND);

class Walk {
  readonly #program: Program;
  readonly #text: string;
  readonly #start: number;
  readonly #goal: Goal;
  /** Where the text ends for this walk. */
  readonly #end: number;
  readonly #steps: Steps;
  readonly #slots: number[];
  readonly #met: Met;
  /** Ways left to go, as instruction and place; or a slot to put back, as -1 - slot and its value. */
  readonly #left: number[] = [];
  #best: Slots | undefined;

  constructor(program: Program, text: string, start: number, goal: Goal, steps: Steps) {
    this.#program = program;
    this.#text = text;
    this.#start = start;
    this.#goal = goal;
    this.#steps = steps;
    this.#slots = new Array<number>(2 * program.groups + 2).fill(-1);
    this.#end = typeof goal === 'object' ? goal.end : text.length;
    this.#met =
      program.referred.length > 0 ? new MetWithGroups() : new MetPlaces((this.#end - start + 1) * program.forks);
  }

  run(): Slots | undefined {
    this.#left.push(this.#program.start, this.#start);
    while (this.#left.length > 0) {
      const place = this.#left.pop() ?? 0;
      const index = this.#left.pop() ?? 0;
      if (index < 0) this.#slots[-1 - index] = place;
      else if (this.#follow(index, place)) break;
    }
    return this.#best;
  }

  /** Follows one way until it fails or forks; true where the goal is reached. */
  #follow(first: number, place: number): boolean {
    let index = first;
    let at = place;
    for (;;) {
      this.#steps.take();
      const instruction = this.#program.instructions[index];
      if (instruction === undefined) return false;
      switch (instruction.type) {
        case 'match':
          return this.#matched(at);
        case 'character': {
          const codePoint = this.#text.codePointAt(at);
          if (codePoint === undefined || at >= this.#end || !instruction.accepts(codePoint)) return false;
          at += codePoint > 0xffff ? 2 : 1;
          break;
        }
        case 'assertion':
          if (!instruction.holds(this.#text, at)) return false;
          break;
        case 'back-reference': {
          const length = this.#referredLength(instruction.index, at);
          if (length === undefined) return false;
          at += length;
          break;
        }
        case 'save':
          this.#left.push(-1 - instruction.slot, this.#slots[instruction.slot] ?? -1);
          this.#slots[instruction.slot] = at;
          break;
        case 'split':
          if (this.#isKnown(instruction.fork, at)) return false;
          this.#left.push(instruction.other, at);
      }
      index = instruction.next;
    }
  }

  /** Whether a fork was here before; with back-references, with the same groups. */
  #isKnown(fork: number, at: number): boolean {
    const { forks, referred } = this.#program;
    if (referred.length === 0) return this.#met.again((at - this.#start) * forks + fork, NO_SLOTS);
    const slots = referred.flatMap((group) => [this.#slots[2 * group], this.#slots[2 * group + 1]]);
    return this.#met.again((at - this.#start) * forks + fork, slots);
  }

  /** How long the text of a group is where it stands again here. */
  #referredLength(group: number, at: number): number | undefined {
    const [from = -1, to = -1] = this.#slots.slice(2 * group, 2 * group + 2);
    if (from < 0 || to < from) return undefined;
    const there = this.#text.slice(from, to);
    const here = this.#text.slice(at, at + to - from);
    const same = this.#program.ignoreCase ? there.toLowerCase() === here.toLowerCase() : there === here;
    return same ? to - from : undefined;
  }

  #matched(end: number): boolean {
    if (typeof this.#goal === 'object') {
      if (end !== this.#goal.end) return false;
    } else if (this.#best !== undefined && end <= (this.#best[1] ?? 0)) return false;
    this.#best = [this.#start, end, ...this.#slots.slice(2)];
    return this.#goal !== 'longest';
  }
}

const NO_SLOTS: readonly number[] = [];

/** What was met before. */
interface Met {
  again(place: number, slots: readonly (number | undefined)[]): boolean;
}

/** Forks at places in the text, a bit for each. */
class MetPlaces implements Met {
  readonly #bits: Uint8Array;

  constructor(places: number) {
    if (places > PLACES_BOUND) throw new RegexBound(PLACES_BOUND);
    this.#bits = new Uint8Array((places >> 3) + 1);
  }
  again(place: number): boolean {
    const before = this.#bits[place >> 3] ?? 0;
    this.#bits[place >> 3] = before | (1 << (place & 7));
    return (before & (1 << (place & 7))) !== 0;
  }
}

class MetWithGroups implements Met {
  readonly #keys = new Set<string>();

  again(place: number, slots: readonly (number | undefined)[]): boolean {
    const { size } = this.#keys;
    return this.#keys.add(`${String(place)},${slots.join(',')}`).size === size;
  }
}
