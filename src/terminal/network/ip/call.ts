/** One call of ip: its global options and the words left. */
import { strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Flavour } from '../../coreutils/command.ts';
import type { Io } from '../../io.ts';

export interface IpCall {
  readonly process: Process;
  readonly io: Io;
  readonly json: boolean;
  readonly pretty: boolean;
  readonly details: boolean;
  readonly statistics: number;
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly color: boolean;
  /** -all: every named namespace. */
  readonly all: boolean;
  readonly flavour: Flavour;
  /** -4, -6 or neither. */
  readonly family: 'any' | 'inet' | 'inet6';
}

/** Whether a word is (the head of) a keyword, as iproute2 reads it. */
export const means = (word: string | undefined, keyword: string): boolean =>
  word !== undefined && word !== '' && keyword.startsWith(word);

/** The first keyword that a word is the head of. */
export const keywordOf = <K extends string>(word: string, keywords: readonly K[]): K | undefined =>
  keywords.find((keyword) => means(word, keyword));

/** The kernel's refusal; status 2. */
export async function refused(
  { io, flavour }: Pick<IpCall, 'io'> & Partial<Pick<IpCall, 'flavour'>>,
  failure: SysFailure,
  known: Readonly<Record<string, string>> = {},
): Promise<number> {
  const program = flavour === 'busybox' ? 'ip: ' : '';
  await io.raw(`${program}${known[failure.errno] ?? `RTNETLINK answers: ${strerror(failure)}`}\n`);
  return 2;
}

/** ip's own complaint; status 1 (255 for bad arguments). */
export async function complain({ io }: Pick<IpCall, 'io'>, text: string, status = 1): Promise<number> {
  await io.raw(`${text}\n`);
  return status;
}

/** What iproute2 says of a word that is neither an address nor a network. */
export const notPrefix = (word: string): string => `Error: any valid prefix is expected rather than "${word}".`;

const COLORS = { name: 36, mac: 33, inet: 35, up: 32, down: 31 } as const;

/** Text in the colour that iproute2 has for such a word (-color). */
export const paint = ({ color }: Pick<IpCall, 'color'>, what: keyof typeof COLORS | undefined, text: string): string =>
  color && what !== undefined ? `\u001b[${String(COLORS[what])}m${text}\u001b[0m` : text;

/** Words taken one after the other. */
export class Words {
  readonly #words: readonly string[];
  #at = 0;
  constructor(words: readonly string[]) {
    this.#words = words;
  }
  peek(): string | undefined {
    return this.#words[this.#at];
  }
  next(): string | undefined {
    const word = this.#words[this.#at];
    this.#at += 1;
    return word;
  }
  get rest(): readonly string[] {
    return this.#words.slice(this.#at);
  }
}
