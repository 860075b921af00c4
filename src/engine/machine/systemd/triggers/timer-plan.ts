/** When a timer elapses next (systemd.timer(5); systemd src/core/timer.c). All times are Unix µs, 0 is never. */
import { nextCalendarUs } from '../../../../formats/systemd-calendar.ts';
import type { TimerSettings, Trigger } from './timer-settings.ts';

export interface TimerMoments {
  readonly nowUs: number;
  readonly bootUs: number;
  /** When the timer itself became active. */
  readonly activeUs: number;
  readonly lastTriggerUs: number;
  /** When the unit that it starts last ceased to be inactive, and became so again. */
  readonly unitActiveUs: number;
  readonly unitInactiveUs: number;
}

export interface TimerPlan {
  readonly nextUs: number | undefined;
  /** Indices of triggers that stand for one moment, which is over. */
  readonly spent: readonly number[];
}

export function planTimer(settings: TimerSettings, moments: TimerMoments, spent: readonly number[]): TimerPlan {
  const over = new Set(spent);
  let nextUs: number | undefined;
  for (const [at, trigger] of settings.triggers.entries()) {
    if (over.has(at)) continue;
    const time = timeOf(trigger, moments);
    if (time === undefined) continue;
    if (isSingle(trigger) && moments.lastTriggerUs > 0 && time <= moments.nowUs) over.add(at);
    else nextUs = Math.min(nextUs ?? time, time);
  }
  return { nextUs, spent: [...over] };
}

const isSingle = ({ base }: Trigger): boolean =>
  base === 'OnActiveSec' || base === 'OnBootSec' || base === 'OnStartupSec';

function timeOf(trigger: Trigger, moments: TimerMoments): number | undefined {
  const { lastTriggerUs, activeUs, bootUs, unitActiveUs, unitInactiveUs } = moments;
  switch (trigger.base) {
    case 'OnCalendar':
      return nextCalendarUs(trigger.event, lastTriggerUs > 0 ? lastTriggerUs : activeUs);
    case 'OnActiveSec':
      return activeUs + trigger.spanUs;
    case 'OnBootSec':
    case 'OnStartupSec':
      return bootUs + trigger.spanUs;
    case 'OnUnitActiveSec':
      return since(Math.max(unitActiveUs, lastTriggerUs), trigger.spanUs);
    case 'OnUnitInactiveSec':
      return since(Math.max(unitInactiveUs, lastTriggerUs), trigger.spanUs);
  }
}

const since = (momentUs: number, spanUs: number): number | undefined => (momentUs > 0 ? momentUs + spanUs : undefined);
