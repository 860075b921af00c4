/**
 * npm run -s bench -- [--json] [NAME...]: the rows of the design's table of numbers that exist so far, on the shipped
 * topologies with trace, probes and network on. The first run and the median of the following ones are both printed.
 */
import { rows } from './rows.ts';
import { peerRows } from './peer.ts';

export interface Measurement {
  readonly name: string;
  readonly unit: 'ms';
  /** First run in this process. */
  readonly first: number;
  /** Median of the following runs; absent where a row runs once. */
  readonly median?: number;
  readonly limit?: number;
  readonly holds?: boolean;
  readonly peer?: number | string;
  readonly note?: string;
}

async function main(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  const names = args.filter((arg) => !arg.startsWith('-'));
  const wanted = rows.filter(({ name }) => names.length === 0 || names.includes(name));
  const peer = wanted.some(({ peerRow }) => peerRow !== undefined) ? peerRows() : undefined;
  const results: Measurement[] = [];
  for (const row of wanted) {
    const times: number[] = [];
    for (let run = 0; run < row.runs; run += 1) times.push(await row.measure());
    const [first = 0, ...rest] = times;
    const median = rest.length === 0 ? undefined : rest.toSorted((a, b) => a - b)[Math.floor(rest.length / 2)];
    const deciding = row.limitOn === 'first' ? first : (median ?? first);
    const result: Measurement = {
      name: row.name,
      unit: 'ms',
      first: round(first),
      ...(median === undefined ? {} : { median: round(median) }),
      limit: row.limitMs,
      holds: deciding <= row.limitMs,
      ...(row.peerRow === undefined || peer === undefined ? {} : { peer: peer(row.peerRow) }),
    };
    results.push(result);
    if (!json) process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ node: process.version, results }, undefined, 2)}\n`);
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}

void main(process.argv.slice(2)).then(() => process.exit(0));
