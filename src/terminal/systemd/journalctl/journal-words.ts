/** The values of -n and -b may be left out: getopt takes a word behind them for an operand, and journalctl takes it back. */
import type { Options } from '../../coreutils/command.ts';

export interface JournalWords {
  /** `5`, `+5`, `all`; empty where -n stands alone, undefined where it is not there. */
  readonly lines: string | undefined;
  /** `0`, `-1`; empty where -b stands alone. */
  readonly boot: string | undefined;
  /** FIELD=VALUE and paths. */
  readonly matches: readonly string[];
}

const LOOKS_LIKE: Readonly<Record<string, RegExp>> = { n: /^(\+?\d+|all)$/, b: /^([-+]?\d+|all|[0-9a-f]{32})$/ };

export function journalWords({ order, places = [], operands }: Options): JournalWords {
  const found: Record<string, string> = {};
  const taken = new Set<number>();
  for (const [at, [letter, value]] of order.entries()) {
    const pattern = LOOKS_LIKE[letter];
    if (pattern === undefined) continue;
    const place = places[at] ?? operands.length;
    const word = operands[place] ?? '';
    // The word stands right behind the last of the options before it.
    const isIts = value === '' && places.lastIndexOf(place) === at && pattern.test(word);
    if (isIts) taken.add(place);
    found[letter] = isIts ? word : value;
  }
  return { lines: found['n'], boot: found['b'], matches: operands.filter((_, at) => !taken.has(at)) };
}
