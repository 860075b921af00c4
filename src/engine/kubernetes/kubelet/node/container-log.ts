/** Reading container logs in CRI's format (kubernetes pkg/kubelet/kuberuntime/logs). Decides; never acts. */
import { concatBytes, encodeUtf8, decodeUtf8 } from '../../../../protocol/bytes.ts';
import { parseRfc3339 } from '../../../sim/clock.ts';
import type { LogOptions } from '../interface.ts';

/** The part of a log file that a request asks for; `now` is Unix ms. A torn last line is left out. */
export function selectLog(content: Uint8Array, options: LogOptions, nowMs: number): Uint8Array {
  const sinceMs =
    options.sinceSeconds !== undefined
      ? nowMs - options.sinceSeconds * 1000
      : options.sinceTime === undefined
        ? undefined
        : parseRfc3339(options.sinceTime);
  const wanted = options.stream === 'Stdout' ? 'stdout' : options.stream === 'Stderr' ? 'stderr' : undefined;
  const lines = splitLines(content);
  const from = options.tailLines === undefined ? 0 : tailStart(lines, options.tailLines);
  const parts: Uint8Array[] = [];
  let left = options.limitBytes ?? Infinity;
  let newLine = true;
  for (const line of lines.slice(from)) {
    const entry = parseCriLine(line);
    if (entry === undefined || (wanted !== undefined && entry.stream !== wanted)) continue;
    if (sinceMs !== undefined && (parseRfc3339(entry.time) ?? 0) < sinceMs) continue;
    const whole = concatBytes([
      ...(options.timestamps === true && newLine ? [encodeUtf8(`${entry.time} `)] : []),
      entry.text,
      ...(entry.partial ? [] : [NEWLINE]),
    ]);
    const kept = whole.length > left ? whole.subarray(0, left) : whole;
    parts.push(kept);
    newLine = !entry.partial;
    left -= kept.length;
    if (left <= 0) break;
  }
  return concatBytes(parts);
}

const NEWLINE = encodeUtf8('\n');

export function splitLines(content: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, from)) {
    lines.push(content.subarray(from, at));
    from = at + 1;
  }
  return lines;
}

/** Index of the first of the last `count` whole lines; a line's parts count once. */
function tailStart(lines: readonly Uint8Array[], count: number): number {
  let left = count;
  for (let at = lines.length; at > 0; at -= 1) {
    const line = lines[at - 1];
    if (line !== undefined && parseCriLine(line)?.partial !== true) {
      if (left === 0) return at;
      left -= 1;
    }
  }
  return 0;
}

export interface CriEntry {
  readonly time: string;
  readonly stream: string;
  readonly partial: boolean;
  readonly text: Uint8Array;
}

/** `2026-… stdout F text`. */
export function parseCriLine(line: Uint8Array): CriEntry | undefined {
  const first = line.indexOf(32);
  const second = line.indexOf(32, first + 1);
  const third = line.indexOf(32, second + 1);
  if (first < 0 || second < 0 || third < 0) return undefined;
  const [time = '', stream = '', tag = ''] = decodeUtf8(line.subarray(0, third)).split(' ');
  return { time, stream, partial: tag === 'P', text: line.subarray(third + 1) };
}
