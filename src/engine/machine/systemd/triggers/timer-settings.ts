/** What a .timer unit says of itself (systemd.timer(5)). */
import { parseCalendar, type CalendarEvent } from '../../../../formats/systemd-calendar.ts';
import { systemdSpanUs } from '../../../../formats/systemd-span.ts';
import { isYes, lastValue, parseSpan, type UnitFile } from '../units/unit-file.ts';

/** The moments from which spans are counted. */
export type TimerBase = 'OnActiveSec' | 'OnBootSec' | 'OnStartupSec' | 'OnUnitActiveSec' | 'OnUnitInactiveSec';

export type Trigger =
  | { readonly base: 'OnCalendar'; readonly event: CalendarEvent }
  | { readonly base: TimerBase; readonly spanUs: number };

export interface TimerSettings {
  /** The unit that it starts. */
  readonly unit: string;
  readonly triggers: readonly Trigger[];
  /** Keeps the time of the last elapse on the disk. */
  readonly isPersistent: boolean;
  readonly randomizedDelayUs: number;
  readonly remainsAfterElapse: boolean;
}

const BASES: readonly TimerBase[] = [
  'OnActiveSec',
  'OnBootSec',
  'OnStartupSec',
  'OnUnitActiveSec',
  'OnUnitInactiveSec',
];

/** The settings of a timer; those that cannot be read count as not written, as in systemd. */
export function timerSettings(name: string, file: UnitFile): TimerSettings {
  const written = (key: string): readonly string[] => file.sections.get('Timer')?.get(key) ?? [];
  const calendar = written('OnCalendar').flatMap((text): readonly Trigger[] => {
    const event = parseCalendar(text);
    return event === undefined ? [] : [{ base: 'OnCalendar', event }];
  });
  const spans = BASES.flatMap((base) =>
    written(base).flatMap((text): readonly Trigger[] => {
      const spanUs = systemdSpanUs(text);
      return spanUs === undefined || !Number.isFinite(spanUs) ? [] : [{ base, spanUs }];
    }),
  );
  return {
    unit: lastValue(file, 'Timer', 'Unit') ?? name.replace(/\.timer$/, '.service'),
    triggers: [...calendar, ...spans],
    isPersistent: calendar.length > 0 && isYes(lastValue(file, 'Timer', 'Persistent')),
    randomizedDelayUs: parseSpan(lastValue(file, 'Timer', 'RandomizedDelaySec'), 0),
    remainsAfterElapse: isYes(lastValue(file, 'Timer', 'RemainAfterElapse') ?? 'yes'),
  };
}
