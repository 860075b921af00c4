/** An expression as instructions of an automaton that is in many places at once. */
import { costOf } from './cost.ts';
import { NATIVE_STEPS_BOUND, RegexBound } from './steps.ts';
import { nodesOf, sourceOf, type Node } from './syntax.ts';

/** `next` and `other` are numbers of instructions; where both are possible, `next` is preferred. */
export type Instruction =
  | { readonly type: 'character'; readonly accepts: (codePoint: number) => boolean; readonly next: number }
  | { readonly type: 'assertion'; readonly holds: (text: string, at: number) => boolean; readonly next: number }
  /** `fork` counts these instructions. */
  | { readonly type: 'split'; readonly fork: number; readonly next: number; readonly other: number }
  /** Remembers the place: slot 2n is where group n begins, 2n+1 where it ends. */
  | { readonly type: 'save'; readonly slot: number; readonly next: number }
  | { readonly type: 'back-reference'; readonly index: number; readonly next: number }
  | { readonly type: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  readonly groups: number;
  readonly forks: number;
  /** Groups by their names. */
  readonly names: ReadonlyMap<string, number>;
  /** Groups that are referred to, in order. */
  readonly referred: readonly number[];
  readonly ignoreCase: boolean;
}

/** The instructions of an expression. Flags are those of RegExp. */
export function compileProgram(node: Node, flags: string): Program {
  const compiler = new Compiler(flags);
  const start = compiler.add(node, compiler.emit({ type: 'match' }));
  const parts = [...nodesOf(node)];
  return {
    instructions: compiler.instructions,
    start,
    groups: parts.filter((part) => part.type === 'group' && part.index !== undefined).length,
    forks: compiler.forks,
    names: new Map(
      parts.flatMap((part) =>
        part.type === 'group' && part.index !== undefined && part.name !== undefined ? [[part.name, part.index]] : [],
      ),
    ),
    referred: parts.flatMap((part) => (part.type === 'back-reference' ? [part.index] : [])),
    ignoreCase: flags.includes('i'),
  };
}

/** Emits from the end to the start, so that each part knows what follows it. */
class Compiler {
  readonly instructions: Instruction[] = [];
  forks = 0;
  readonly #flags: string;
  readonly #sets = new Map<string, (codePoint: number) => boolean>();

  constructor(flags: string) {
    this.#flags = flags.replace(/[gy]/g, '');
  }

  emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  /** The instruction at which a part begins that goes on at `next`. */
  add(node: Node, next: number): number {
    switch (node.type) {
      case 'character':
        return this.emit({ type: 'character', accepts: this.#setOf(node.source), next });
      case 'assertion':
        return this.emit({ type: 'assertion', holds: this.#placeOf(node.source), next });
      case 'look':
        return this.emit({ type: 'assertion', holds: this.#lookOf(node), next });
      case 'sequence':
        return node.items.reduceRight((after, item) => this.add(item, after), next);
      case 'choice':
        return this.#choice(node.branches, next);
      case 'group':
        return this.#group(node.index, node.body, next);
      case 'repeat':
        return this.#repeat(node, next);
      case 'back-reference':
        return this.emit({ type: 'back-reference', index: node.index, next });
    }
  }

  #choice(branches: readonly Node[], next: number): number {
    return branches
      .map((branch) => this.add(branch, next))
      .reduceRight((other, first) => this.emit(this.#fork(first, other)));
  }

  #group(index: number | undefined, body: Node, next: number): number {
    if (index === undefined) return this.add(body, next);
    const end = this.emit({ type: 'save', slot: 2 * index + 1, next });
    return this.emit({ type: 'save', slot: 2 * index, next: this.add(body, end) });
  }

  #repeat({ body, min, max, lazy }: Extract<Node, { type: 'repeat' }>, next: number): number {
    const fork = (again: number, after: number): Instruction =>
      lazy === true ? this.#fork(after, again) : this.#fork(again, after);
    let start = next;
    if (max === Infinity) {
      // The fork comes before the body that leads back to it: its place is taken first.
      start = this.emit({ type: 'match' });
      this.instructions[start] = fork(this.add(body, start), next);
    } else for (let optional = min; optional < max; optional += 1) start = this.emit(fork(this.add(body, start), next));
    for (let count = 0; count < min; count += 1) start = this.add(body, start);
    return start;
  }

  #fork(next: number, other: number): Instruction {
    this.forks += 1;
    return { type: 'split', fork: this.forks - 1, next, other };
  }

  #setOf(source: string): (codePoint: number) => boolean {
    const made = this.#sets.get(source) ?? characterSet(source, this.#flags);
    this.#sets.set(source, made);
    return made;
  }

  /** A look around is the engine's own, where its worst case is within the bound. */
  #lookOf(node: Node): (text: string, at: number) => boolean {
    const holds = this.#placeOf(sourceOf(node));
    const cost = costOf(node);
    return (text, at) => {
      if (cost(text.length) > NATIVE_STEPS_BOUND) throw new RegexBound(NATIVE_STEPS_BOUND);
      return holds(text, at);
    };
  }

  #placeOf(source: string): (text: string, at: number) => boolean {
    const place = new RegExp(source, `${this.#flags}y`);
    return (text, at) => {
      place.lastIndex = at;
      return place.test(text);
    };
  }
}

/** Whether a set holds a character; ASCII is looked up. */
function characterSet(source: string, flags: string): (codePoint: number) => boolean {
  const whole = new RegExp(`^${source}$`, flags.replace('m', ''));
  const accepts = (codePoint: number): boolean => whole.test(String.fromCodePoint(codePoint));
  const ascii = Array.from({ length: 128 }, (_, codePoint) => accepts(codePoint));
  return (codePoint) => ascii[codePoint] ?? accepts(codePoint);
}
