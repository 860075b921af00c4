/** Probe bookkeeping (kubernetes pkg/kubelet/prober/worker). Decides; never acts. */
import type { Probe } from '../../apimachinery/types.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

export interface ProbeState {
  /** Number of the current series; results of older ones are ignored. */
  series: number;
  result: 'unknown' | 'success' | 'failure';
  /** Equal outcomes in a row. */
  run: number;
  lastOk: boolean;
  /** Sequence number of the scheduled event, to take it back. */
  seq: number | undefined;
  /** A probe is out and has not answered. */
  busy: boolean;
}

export const newProbeState = (series: number): ProbeState => ({
  series,
  result: 'unknown',
  run: 0,
  lastOk: false,
  seq: undefined,
  busy: false,
});

export const periodUs = (probe: Probe): number => Math.max(1, probe.periodSeconds ?? 10) * 1_000_000;
export const timeoutUs = (probe: Probe): number => Math.max(1, probe.timeoutSeconds ?? 1) * 1_000_000;
export const initialDelayUs = (probe: Probe): number => (probe.initialDelaySeconds ?? 0) * 1_000_000;

/** Adds an outcome; answers whether the result has changed to what is returned. */
export function recordOutcome(state: ProbeState, probe: Probe, ok: boolean): 'success' | 'failure' | undefined {
  if (state.run > 0 && state.lastOk === ok) state.run += 1;
  else {
    state.lastOk = ok;
    state.run = 1;
  }
  const threshold = ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
  if (state.run < threshold) return undefined;
  const next = ok ? 'success' : 'failure';
  if (state.result === next) return undefined;
  state.result = next;
  return next;
}
