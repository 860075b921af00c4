/** A queue's settings as `tc qdisc show` has them. */
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';

/** `limit 1000 delay 100ms  10ms loss 5%`. */
export function netemText(netem: KernelRecord): string {
  const [delay, jitter, loss] = [netem.number('delayUs'), netem.number('jitterUs'), netem.number('loss')];
  return [
    `limit ${String(netem.number('limit'))}`,
    delay === 0 ? '' : ` delay ${timeText(delay)}${jitter === 0 ? '' : `  ${timeText(jitter)}`}`,
    loss === 0 ? '' : ` loss ${String(Number((loss * 100).toPrecision(6)))}%`,
  ].join('');
}

/** Three digits that count and the unit (sprint_time). */
function timeText(timeUs: number): string {
  const three = (value: number): string => String(Number(value.toPrecision(3)));
  if (timeUs >= 1_000_000) return `${three(timeUs / 1_000_000)}s`;
  return timeUs >= 1_000 ? `${three(timeUs / 1_000)}ms` : `${String(timeUs)}us`;
}
