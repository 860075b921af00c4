import { beginsAtStart, costOf, isGreedyLongest, sizeOf, type Cost } from './cost.ts';
import { compileProgram, type Program } from './program.ts';
import { findSpan } from './search.ts';
import { NATIVE_STEPS_BOUND } from './steps.ts';
import { KEEP, nodesOf, sourceOf, type Node } from './syntax.ts';
import { walk, walkSteps, type Slots } from './walk.ts';

/** Instructions of one expression; the C library calls a larger one too big. */
const SIZE_BOUND = 100_000;

/** Which match counts: the one that backtracking finds first, or the longest or shortest of those that begin leftmost. */
export type Choice = 'first' | 'longest' | 'shortest';

/** What is known of an expression; its program is made when it is needed. */
class Expression {
  readonly source: string;
  readonly choice: Choice;
  readonly refers: boolean;
  /** Whether the engine's own matcher has the right answer, and not only the right start. */
  readonly exact: boolean;
  /** The group of Perl's `\K`, where only a part of what matches is the match. */
  readonly keep: number | undefined;
  readonly cost: Cost;
  /** Whether only the start of a text can begin a match. */
  readonly anchored: boolean;
  readonly #node: Node;
  readonly #flags: string;
  #program: Program | undefined;

  constructor(node: Node, flags: string, choice: Choice) {
    this.source = sourceOf(node);
    this.choice = choice;
    this.refers = [...nodesOf(node)].some((part) => part.type === 'back-reference');
    this.exact = !this.refers && (choice === 'first' || (choice === 'longest' && isGreedyLongest(node)));
    this.keep = [...nodesOf(node)].flatMap((part) =>
      part.type === 'group' && part.name === KEEP ? part.index : [],
    )[0];
    this.cost = costOf(node);
    this.anchored = beginsAtStart(node);
    this.#node = node;
    this.#flags = flags;
  }

  get program(): Program {
    this.#program ??= compileProgram(this.#node, this.#flags);
    return this.#program;
  }
}

/**
 * A RegExp whose searches end. The engine's own matcher is asked where its worst case is within the bound; else, and where
 * alternatives make its answer another than POSIX's, the automaton.
 */
export class BoundedRegExp extends RegExp {
  readonly #expression: Expression;

  /** Undefined where the expression is too big. */
  static of(node: Node, flags: string, choice: Choice): BoundedRegExp | undefined {
    return sizeOf(node) > SIZE_BOUND ? undefined : new BoundedRegExp(new Expression(node, flags, choice), flags);
  }

  /** Also called by String's methods, which make a copy of an expression with flags of their own. */
  constructor(of: Expression | BoundedRegExp, flags: string) {
    const expression = of instanceof BoundedRegExp ? of.#expression : of;
    super(expression.source, expression.keep !== undefined && !flags.includes('d') ? `${flags}d` : flags);
    this.#expression = expression;
  }

  override exec(text: string): RegExpExecArray | null {
    const match = this.#matchIn(text);
    const { keep } = this.#expression;
    return match === null || keep === undefined ? match : withoutKeptOut(match, keep);
  }

  #matchIn(text: string): RegExpExecArray | null {
    const { exact, refers } = this.#expression;
    const bounded = this.#isBounded(text);
    if (bounded && exact) return super.exec(text);
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const past = from > text.length;
    const slots = past ? undefined : refers ? this.#refer(text, from) : this.#find(text, from, bounded);
    if (this.global || this.sticky) this.lastIndex = slots?.[1] ?? 0;
    return slots === undefined ? null : matchOf(text, slots, this.#expression.program.names);
  }

  override test(text: string): boolean {
    // Whether there is a match does not depend on which of them counts.
    const { exact, refers } = this.#expression;
    if (exact || refers || this.global || this.sticky || !this.#isBounded(text)) return this.exec(text) !== null;
    return super.exec(text) !== null;
  }

  #isBounded(text: string): boolean {
    return this.#expression.cost(text.length) <= NATIVE_STEPS_BOUND;
  }

  #find(text: string, from: number, bounded: boolean): Slots | undefined {
    const { program, choice } = this.#expression;
    const start = this.#startOf(text, from, bounded);
    if (start === undefined) return undefined;
    if (choice === 'first') return walk(program, text, start, 'first', walkSteps(program));
    const span = findSpan(program, text, start, { fixed: true, shortest: choice === 'shortest' });
    if (span === undefined) return undefined;
    if (program.groups === 0) return [span.start, span.end];
    return walk(program, text, start, { end: span.end }, walkSteps(program));
  }

  /** Where the leftmost match begins, or the only place where one can begin. */
  #startOf(text: string, from: number, bounded: boolean): number | undefined {
    if (bounded) return super.exec(text)?.index;
    const { anchored, program } = this.#expression;
    if (this.sticky || (anchored && from === 0 && !this.multiline)) return from;
    return findSpan(program, text, from, { fixed: false })?.start;
  }

  /** With back-references each start is tried. */
  #refer(text: string, from: number): Slots | undefined {
    const { program, choice } = this.#expression;
    const steps = walkSteps(program);
    for (let start = from; start <= text.length; start += 1) {
      const slots = walk(program, text, start, choice === 'first' ? 'first' : 'longest', steps);
      if (slots !== undefined || this.sticky) return slots;
      if ((text.codePointAt(start) ?? 0) > 0xffff) start += 1;
    }
    return undefined;
  }
}

/** A match in the form of RegExp's, with the places of the groups. A group that took no part is empty. */
function matchOf(text: string, slots: Slots, names: ReadonlyMap<string, number>): RegExpExecArray {
  const indices = Array.from({ length: slots.length / 2 }, (_, group) => spanOf(slots, group));
  const [whole = '', ...groups] = indices.map(([start, end]) => text.slice(start, end));
  const match: [string, ...string[]] = [whole, ...groups];
  const named = Object.fromEntries([...names].map(([name, group]) => [name, match[group] ?? '']));
  return Object.assign(match, {
    index: indices[0]?.[0] ?? 0,
    input: text,
    indices: Object.assign(indices, {
      groups: Object.fromEntries([...names].map(([name, group]) => [name, spanOf(slots, group)])),
    }),
    groups: named,
  });
}

/** A match from where Perl's `\K` stood. */
function withoutKeptOut(match: RegExpExecArray, keep: number): RegExpExecArray {
  const [start, end] = match.indices?.[0] ?? [match.index, match.index];
  const [kept = start] = match.indices?.[keep] ?? [];
  match.splice(keep, 1);
  match.indices?.splice(keep, 1);
  delete match.groups?.[KEEP];
  match[0] = match.input.slice(kept, end);
  match.index = kept;
  return match;
}

const spanOf = (slots: Slots, group: number): [start: number, end: number] => [
  slots[2 * group] ?? -1,
  slots[2 * group + 1] ?? -1,
];
