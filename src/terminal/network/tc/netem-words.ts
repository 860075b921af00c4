/** Words of `tc qdisc … netem` (tc-netem(8)). */

/** As the kernel is told it. */
export interface Netem {
  readonly delayUs: number;
  readonly jitterUs: number;
  readonly loss: number;
  readonly limit: number;
}

export type Wrong =
  | { readonly text: string; readonly status: number }
  /** A word that tc knows and this one does not. */
  | { readonly absent: string };

export const isWrong = (value: object): value is Wrong => 'text' in value || 'absent' in value;

const OTHER_WORDS = ['duplicate', 'corrupt', 'reorder', 'rate', 'gap', 'slot', 'ecn', 'distribution'];
const illegal = (what: string): Wrong => ({ text: `Illegal "${what}"`, status: 1 });
const INCOMPLETE: Wrong = { text: 'Command line is not complete. Try option "help"', status: 255 };

export function readNetem(words: readonly string[]): Netem | Wrong {
  let netem: Netem = { delayUs: 0, jitterUs: 0, loss: 0, limit: 1000 };
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const taken = readOne(word, words.slice(at + 1));
    if (isWrong(taken)) return taken;
    netem = { ...netem, ...taken.change };
    at += 1 + taken.words;
  }
  return netem;
}

interface Taken {
  readonly change: Partial<Netem>;
  readonly words: number;
}

function readOne(word: string, after: readonly string[]): Taken | Wrong {
  switch (word) {
    case 'limit': {
      const [value] = after;
      if (value === undefined) return INCOMPLETE;
      return /^\d+$/.test(value) ? { change: { limit: Number(value) }, words: 1 } : illegal('limit');
    }
    case 'latency':
    case 'delay':
      return readDelay(after);
    case 'loss':
    case 'drop':
      return readLoss(after);
    default:
      return OTHER_WORDS.includes(word) ? { absent: `netem ${word}` } : { text: `What is "${word}"?`, status: 1 };
  }
}

/** Whether a word begins a number, as an optional one must. */
const isNumber = (word: string | undefined): word is string => word !== undefined && /^[0-9]/.test(word);

function readDelay([first, second, third]: readonly string[]): Taken | Wrong {
  if (first === undefined) return INCOMPLETE;
  const delayUs = timeOf(first);
  if (delayUs === undefined) return illegal('latency');
  if (!isNumber(second)) return { change: { delayUs, jitterUs: 0 }, words: 1 };
  const jitterUs = timeOf(second);
  if (jitterUs === undefined) return illegal('latency');
  if (isNumber(third)) return { absent: 'netem delay with correlation' };
  return { change: { delayUs, jitterUs }, words: 2 };
}

function readLoss(after: readonly string[]): Taken | Wrong {
  const named = after[0] === 'random' ? 1 : 0;
  const [value, next] = after.slice(named);
  if (value === undefined) return INCOMPLETE;
  if (['state', 'gemodel'].includes(value)) return { absent: `netem loss ${value}` };
  const loss = fractionOf(value);
  if (loss === undefined) return illegal('loss percent');
  return isNumber(next) ? { absent: 'netem loss with correlation' } : { change: { loss }, words: 1 + named };
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000_000,
  sec: 1_000_000,
  secs: 1_000_000,
  ms: 1_000,
  msec: 1_000,
  msecs: 1_000,
  us: 1,
  usec: 1,
  usecs: 1,
  '': 1,
};

/** Microseconds of `100ms`; a bare number is microseconds already. */
function timeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([a-z]*)$/i.exec(text) ?? [];
  const scale = UNITS[unit.toLowerCase()];
  return number === undefined || scale === undefined ? undefined : Math.round(Number(number) * scale);
}

/** 0.05 of `5%`. */
function fractionOf(text: string): number | undefined {
  const [, number] = /^(\d+(?:\.\d*)?|\.\d+)%?$/.exec(text) ?? [];
  const fraction = Number(number) / 100;
  return number === undefined || fraction > 1 ? undefined : fraction;
}
