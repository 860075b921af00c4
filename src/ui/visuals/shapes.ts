import type { PodShape } from '../../protocol/simulation.ts';

/** A pod's phase as a mark, so that colour is never all there is. */
export const SHAPE_MARKS: Readonly<Record<PodShape, string>> = {
  running: '●',
  pending: '◔',
  failing: '▲',
  succeeded: '✓',
  terminating: '◌',
  unknown: '?',
};
