/** Numbers of filter expressions: `ip[2:2] - ((ip[0] & 0xf) << 2)`, compared by `=`, `!=`, `<`, `>`, `<=`, `>=`. */
import { ETHERNET_BYTES, TCP, UDP, ICMP, type Decoded } from './decode.ts';
import { CONSTANTS, Refusal, SYNTAX } from './filter-words.ts';

/** A number of a packet; undefined where the packet has no such place, so that nothing that is said of it holds. */
type Value = (frame: Decoded) => number | undefined;
type Filter = (frame: Decoded) => boolean;

export interface Words {
  peek(): string | undefined;
  take(): string;
  at: number;
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** From those that bind least to those that bind most. */
const OPERATORS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { '|': (a, b) => a | b, '^': (a, b) => a ^ b },
  { '&': (a, b) => a & b },
  { '<<': (a, b) => a << b, '>>': (a, b) => a >>> b },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': Math.imul, '/': (a, b) => (b === 0 ? 0 : Math.floor(a / b)), '%': (a, b) => (b === 0 ? 0 : a % b) },
];

/** A comparison at this place; undefined, and nothing taken, where there is none. */
export function relation(words: Words): Filter | undefined {
  const from = words.at;
  try {
    const left = value(words, 0);
    const compare = COMPARISONS[words.peek() ?? ''];
    if (compare !== undefined) {
      words.take();
      const right = value(words, 0);
      return (frame) => {
        const [a, b] = [left(frame), right(frame)];
        return a !== undefined && b !== undefined && compare(a, b);
      };
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.what === 'not-simulated') throw error;
  }
  words.at = from;
  return undefined;
}

function value(words: Words, level: number): Value {
  const operators = OPERATORS[level];
  if (operators === undefined) return single(words);
  let left = value(words, level + 1);
  for (;;) {
    const apply = operators[words.peek() ?? ''];
    if (apply === undefined) return left;
    words.take();
    const [a, b] = [left, value(words, level + 1)];
    left = (frame) => {
      const [x, y] = [a(frame), b(frame)];
      return x === undefined || y === undefined ? undefined : apply(x, y) >>> 0;
    };
  }
}

function single(words: Words): Value {
  const word = words.take();
  if (word === '(') {
    const inner = value(words, 0);
    if (words.take() !== ')') throw new Refusal('wrong', SYNTAX);
    return inner;
  }
  if (word === '-') {
    const inner = single(words);
    return (frame) => {
      const found = inner(frame);
      return found === undefined ? undefined : -found >>> 0;
    };
  }
  if (word === 'len') return ({ raw }) => raw.length;
  const constant = /^(0x[0-9a-f]+|\d+)$/i.test(word) ? Number(word) : CONSTANTS[word];
  if (constant !== undefined) return () => constant;
  const place = PLACES[word];
  if (place === undefined || words.take() !== '[') throw new Refusal('wrong', SYNTAX);
  const index = value(words, 0);
  let size = 1;
  if (words.peek() === ':') {
    words.take();
    size = Number(words.take());
    if (![1, 2, 4].includes(size)) throw new Refusal('wrong', 'data size must be 1, 2, or 4');
  }
  if (words.take() !== ']') throw new Refusal('wrong', SYNTAX);
  return (frame) => {
    const [from, at] = [place(frame), index(frame)];
    if (from === undefined || at === undefined || from + at + size > frame.raw.bytes.length) return undefined;
    return frame.raw.bytes.subarray(from + at, from + at + size).reduce((sum, byte) => sum * 256 + byte, 0);
  };
}

const carried =
  (protocol: number) =>
  ({ ip }: Decoded): number | undefined =>
    ip?.protocol === protocol && ip.offset === 0 ? ip.contentAt : undefined;

/** Where the bytes of a protocol begin. */
const PLACES: Readonly<Record<string, (frame: Decoded) => number | undefined>> = {
  ether: () => 0,
  link: () => 0,
  ip: ({ ip }) => ip?.at,
  arp: ({ arp }) => (arp === undefined ? undefined : ETHERNET_BYTES),
  tcp: carried(TCP),
  udp: carried(UDP),
  icmp: carried(ICMP),
};
