import type { JsonValue } from './plain.ts';

/** One fact about what the simulation did. */
export interface TraceRecord {
  /** Number of the record, from 1. */
  readonly number: number;
  /** Virtual time, µs since the topology's start. */
  readonly atUs: number;
  /** Who: a component's target name (`scheduler`, `kubelet/worker-1`, `kernel/worker-1`). */
  readonly source: string;
  /** What, as `noun.verb` (`pod.bound`, `packet.dropped`, `process.exited`). */
  readonly type: string;
  /** Which thing, where there is one: `pod/default/web-0`, `process/worker-1/812`. */
  readonly subject?: string;
  readonly data?: JsonValue;
  /** Number of the record that led to this one. */
  readonly cause?: number;
}
