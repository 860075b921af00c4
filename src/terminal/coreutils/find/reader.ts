import type { Flavour } from '../command.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';

export interface Here {
  readonly path: string;
  readonly name: string;
  readonly stat: FileStat;
  readonly depth: number;
  /** The path given on the command line that this was found below. */
  readonly start: string;
  /** Set by -prune: nothing below it is visited. */
  prune: boolean;
}
export type Test = (here: Here) => boolean | Promise<boolean>;

/** What the expression says about the walk itself. */
export interface Walk {
  maxDepth: number;
  minDepth: number;
  depthFirst: boolean;
  quit: boolean;
  /** Symbolic links that are followed. */
  follow: 'none' | 'operands' | 'all';
  /** What is mounted below is named, and not gone into. */
  oneFileSystem: boolean;
  /** Ages count from the end of today instead of now. */
  fromDayStart: boolean;
  regexKind: 'emacs' | 'basic' | 'extended';
  status: number;
  /** Whether an action prints or does something, so that -print is not implied. */
  acted: boolean;
  readonly batches: { readonly argv: readonly string[]; readonly paths: string[] }[];
}

/** The expression is malformed; find says so and ends. */
export class Usage extends Error {}

/** What the expression is read from: the words of the command line, one after the other. */
export class ExpressionReader {
  readonly process: Process;
  readonly io: Io;
  readonly walk: Walk;
  readonly #args: readonly string[];
  #at = 0;

  constructor(
    process: Process,
    io: Io,
    walk: Walk,
    args: readonly string[],
    readonly flavour: Flavour = 'gnu',
  ) {
    this.process = process;
    this.io = io;
    this.walk = walk;
    this.#args = args;
  }

  /** The next word, which stays. */
  get next(): string | undefined {
    return this.#args[this.#at];
  }
  /** The next word, which is used up. */
  take(): string | undefined {
    const word = this.#args[this.#at];
    if (word !== undefined) this.#at += 1;
    return word;
  }
  value(name: string): string {
    const value = this.take();
    if (value === undefined) throw new Usage(`missing argument to \`${name}'`);
    return value;
  }
  /** `n`, `+n` or `-n` as a question. */
  number(name: string): (value: number) => boolean {
    const text = this.value(name);
    const [, sign, digits] = /^([-+]?)(\d+)$/.exec(text) ?? [];
    if (digits === undefined) throw new Usage(`invalid argument \`${text}' to \`${name}'`);
    const wanted = Number(digits);
    return (value) => (sign === '+' ? value > wanted : sign === '-' ? value < wanted : value === wanted);
  }
}
