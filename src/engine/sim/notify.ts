import type { Plain } from '../../protocol/plain.ts';
import type { Scheduler } from './event-loop.ts';

/** Whom to tell when something that was asked for has happened: the event's target, type and own payload, all data. */
export interface Notify {
  readonly target: string;
  readonly type: string;
  readonly payload?: { readonly [key: string]: Plain };
}

/** Schedules the answer: an event with the notify's own payload and the outcome's members. */
export function tell(
  scheduler: Scheduler,
  notify: Notify,
  outcome: { readonly [key: string]: Plain },
  delayUs = 0,
): number {
  return scheduler.schedule(delayUs, notify.target, notify.type, { ...notify.payload, ...outcome });
}
