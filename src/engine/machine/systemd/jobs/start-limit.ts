import type { UnitState } from '../units/unit-state.ts';
import { lastValue, parseSpan, type UnitFile } from '../units/unit-file.ts';

const DEFAULT_INTERVAL_US = 10_000_000;
const DEFAULT_BURST = 5;

/** Whether StartLimitBurst= starts within StartLimitIntervalSec= are used up; counts this one where they are not. */
export function startLimitHit(unit: UnitState, file: UnitFile, nowUs: number): boolean {
  const interval = parseSpan(
    lastValue(file, 'Unit', 'StartLimitIntervalSec') ?? lastValue(file, 'Service', 'StartLimitInterval'),
    DEFAULT_INTERVAL_US,
  );
  const burst = Number(
    lastValue(file, 'Unit', 'StartLimitBurst') ?? lastValue(file, 'Service', 'StartLimitBurst') ?? DEFAULT_BURST,
  );
  unit.starts = unit.starts.filter((at) => at > nowUs - interval);
  if (interval > 0 && unit.starts.length >= burst) return true;
  unit.starts.push(nowUs);
  return false;
}
