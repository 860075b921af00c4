/** What mtr counts of a hop: probes, answers, and how long they took. */
import type { ProbeError } from '../../../protocol/program.ts';

export class Hop {
  /** Who answered first; other addresses of the same hop are not shown. */
  address: string | undefined;
  /** An answer that ends the way, other than the destination's own. */
  error: ProbeError | undefined;
  sent = 0;
  /** Milliseconds, as the answers came. */
  readonly times: number[] = [];
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
const jitters = ({ times }: Hop): readonly number[] =>
  times.map((time, at) => (at === 0 ? 0 : Math.abs(time - (times[at - 1] ?? 0))));

function deviation({ times }: Hop): number {
  const middle = mean(times);
  return times.length < 2
    ? 0
    : Math.sqrt(sum(times.map((time) => (time - middle) * (time - middle))) / (times.length - 1));
}

/** RFC 1889's jitter, which follows the latest differences slowly. */
const interarrival = (hop: Hop): number => jitters(hop).reduce((kept, each) => kept + (each - kept) / 16, 0);

export interface Field {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  /** Digits behind the point. */
  readonly digits: number;
  readonly sign?: '%';
  readonly value: (hop: Hop) => number;
}

const time = (key: string, title: string, value: Field['value'], width = 6): Field => ({
  key,
  title,
  width,
  digits: 1,
  value,
});
const count = (key: string, title: string, width: number, value: Field['value']): Field => ({
  key,
  title,
  width,
  digits: 0,
  value,
});

/** The fields of a report by their letters (`-o`); the geometric mean (G) is left out. */
export const FIELDS: readonly Field[] = [
  {
    key: 'L',
    title: 'Loss%',
    width: 6,
    digits: 1,
    sign: '%',
    value: ({ sent, times }) => (sent === 0 ? 0 : 100 * (1 - times.length / sent)),
  },
  count('D', 'Drop', 5, ({ sent, times }) => sent - times.length),
  count('R', 'Rcv', 6, ({ times }) => times.length),
  count('S', 'Snt', 6, ({ sent }) => sent),
  time('N', 'Last', ({ times }) => times.at(-1) ?? 0),
  time('B', 'Best', ({ times }) => (times.length === 0 ? 0 : Math.min(...times))),
  time('A', 'Avg', ({ times }) => mean(times)),
  time('W', 'Wrst', ({ times }) => Math.max(0, ...times)),
  time('V', 'StDev', deviation),
  time('J', 'Jttr', (hop) => jitters(hop).at(-1) ?? 0, 5),
  time('M', 'Javg', (hop) => mean(jitters(hop)), 5),
  time('X', 'Jmax', (hop) => Math.max(0, ...jitters(hop)), 5),
  time('I', 'Jint', interarrival, 5),
];
export const BLANK: Field = { key: ' ', title: '', width: 1, digits: 0, value: () => 0 };
