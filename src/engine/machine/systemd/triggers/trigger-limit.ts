/** TriggerLimitIntervalSec= and TriggerLimitBurst=: what starts its unit again and again at once is stopped. */
import type { UnitState } from '../units/unit-state.ts';

export interface TriggerLimit {
  readonly intervalUs: number;
  readonly burst: number;
}

/** Whether the triggers of the interval are used up; counts this one where they are not. */
export function triggerLimitHit(unit: UnitState, { intervalUs, burst }: TriggerLimit, nowUs: number): boolean {
  unit.starts = unit.starts.filter((at) => at > nowUs - intervalUs);
  if (intervalUs > 0 && burst > 0 && unit.starts.length >= burst) return true;
  unit.starts.push(nowUs);
  return false;
}
