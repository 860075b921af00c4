/** docker events. */
import { civilFromUnix } from '../../../formats/civil-time.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { failed } from '../../../protocol/errno.ts';
import { bodyJson, readBody } from '../../http-client.ts';
import { daemonError, jsonLines } from './client.ts';
import { Fatal } from './fatal.ts';
import { timestamp } from './timestamp.ts';
import { filters, member, number, printObjects, text, type Context, type Verb } from './context.ts';

async function events(context: Context): Promise<number> {
  const { client, flags, io, process } = context;
  const moment = (flag: 'since' | 'until'): readonly string[] => {
    if (!flags.changed(flag)) return [];
    const read = timestamp(flags.string(flag), process.time().realtimeUs);
    if ('error' in read) throw new Fatal(read.error);
    return [`${flag}=${encodeURIComponent(read.text)}`];
  };
  const query = [...moment('since'), ...moment('until'), `filters=${filters(flags.list('filter'))}`];
  const { response } = await client.open('GET', `/events?${query.join('&')}`);
  if (response.head.status >= 400) {
    const body = await readBody(response);
    throw new Fatal(daemonError(failed(body) ? undefined : bodyJson(body)));
  }
  for await (const event of jsonLines(response)) {
    if (flags.string('format') !== '') {
      printObjects({ ...context }, flags.string('format') === 'json' ? '{{json .}}' : flags.string('format'), [event]);
      if (!(await io.flush())) return 1;
      continue;
    }
    const nano = number(event, 'timeNano');
    const seconds = Math.floor(nano / 1e9);
    const at = new TimeText(seconds, Math.round(nano - seconds * 1e9));
    const attributes = Object.entries((member(event, 'Actor', 'Attributes') ?? {}) as JsonObject)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${String(value)}`);
    io.line(
      `${at.text} ${text(event, 'Type')} ${text(event, 'Action')} ${text(event, 'Actor', 'ID')}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}`,
    );
    if (!(await io.flush())) return 1;
  }
  return 0;
}

/** `2026-03-02T00:00:00.000000000Z`. */
class TimeText {
  readonly text: string;
  constructor(seconds: number, nanos: number) {
    const { year, month, day, hour, minute, second } = civilFromUnix(seconds);
    const two = (value: number): string => String(value).padStart(2, '0');
    this.text = `${String(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${String(nanos).padStart(9, '0')}Z`;
  }
}

export const eventVerbs: Readonly<Record<string, Verb>> = {
  events: {
    use: '[OPTIONS]',
    short: 'Get real time events from the server',
    args: [0, 0],
    flags: ['filter', 'format', 'since', 'until'],
    run: events,
  },
};
