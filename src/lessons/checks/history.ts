import type { TraceRecord } from '../../protocol/trace.ts';
import type { HistoryPattern } from '../interface.ts';

/** Whether a record is what a pattern describes. */
export function matches(record: TraceRecord, pattern: HistoryPattern): boolean {
  if (record.type !== pattern.type) return false;
  if (pattern.subject !== undefined && !wildcard(pattern.subject, record.subject ?? '')) return false;
  const data = (record.data ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(pattern.data ?? {}).every(([key, value]) =>
    typeof value === 'string' ? wildcard(value, String(data[key] ?? '')) : data[key] === value,
  );
}

function wildcard(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/**
 * Folds a history: for every pattern sequence how far it has come, and which forbidden things have happened. Data, so that
 * it can be kept with the sandbox.
 */
export class HistoryFold {
  readonly #progress: number[];
  readonly #broken: (number | undefined)[];

  constructor(
    private readonly sequences: readonly (readonly HistoryPattern[])[],
    private readonly forbidden: readonly HistoryPattern[],
    state?: { readonly progress: readonly number[]; readonly broken: readonly (number | undefined)[] },
  ) {
    this.#progress = state === undefined ? sequences.map(() => 0) : [...state.progress];
    this.#broken = state === undefined ? forbidden.map(() => undefined) : [...state.broken];
  }

  observe(record: TraceRecord): void {
    for (const [index, sequence] of this.sequences.entries()) {
      const next = sequence[this.#progress[index] ?? 0];
      if (next !== undefined && matches(record, next)) this.#progress[index] = (this.#progress[index] ?? 0) + 1;
    }
    for (const [index, pattern] of this.forbidden.entries())
      if (this.#broken[index] === undefined && matches(record, pattern)) this.#broken[index] = record.number;
  }

  /** How many patterns of a sequence have been met in order. */
  progress(index: number): number {
    return this.#progress[index] ?? 0;
  }
  /** The record that broke a rule, or undefined. */
  broken(index: number): number | undefined {
    return this.#broken[index];
  }

  state(): { readonly progress: readonly number[]; readonly broken: readonly (number | undefined)[] } {
    return { progress: [...this.#progress], broken: [...this.#broken] };
  }
}
