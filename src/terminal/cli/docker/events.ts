/** docker events. */
import { compileGoTemplate } from '../../../formats/go-template.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { bodyJson, readBody } from '../../http-client.ts';
import { daemonError, jsonLines } from './client.ts';
import { filters, member, number, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { unescapeFormat } from './listing.ts';
import { GoStructs } from './go-structs.ts';
import { civilText, timestamp } from './timestamp.ts';

async function events(context: Context): Promise<number> {
  const { client, flags, io, process } = context;
  const moment = (flag: 'since' | 'until'): readonly string[] => {
    if (!flags.changed(flag)) return [];
    const read = timestamp(flags.string(flag), process.time().realtimeUs);
    if ('error' in read) throw new Fatal(read.error);
    return [`${flag}=${encodeURIComponent(read.text)}`];
  };
  const format = flags.string('format');
  const show = format === '' ? lineOf : templateOf(format);
  const query = [...moment('since'), ...moment('until'), `filters=${filters(flags.list('filter'))}`];
  const { response } = await client.open('GET', `/events?${query.join('&')}`);
  if (response.head.status >= 400) {
    const body = await readBody(response);
    throw new Fatal(daemonError(failed(body) ? undefined : bodyJson(body)));
  }
  for await (const event of jsonLines(response)) {
    io.line(show(event));
    if (!(await io.flush())) return 1;
  }
  return 0;
}

/** `2026-03-02T00:00:00.000000000Z container start ID (image=nginx, name=web)`. */
function lineOf(event: JsonObject): string {
  const attributes = Object.entries((member(event, 'Actor', 'Attributes') ?? {}) as JsonObject)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${String(value)}`);
  const more = attributes.length === 0 ? '' : ` (${attributes.join(', ')})`;
  return `${moment(event)} ${text(event, 'Type')} ${text(event, 'Action')} ${text(event, 'Actor', 'ID')}${more}`;
}

/** The daemon's clock counts microseconds; nanoseconds since 1970 are more than a number here tells apart. */
function moment(event: JsonObject): string {
  const micros = Math.round(number(event, 'timeNano') / 1000);
  const nanos = String((micros % 1_000_000) * 1000).padStart(9, '0');
  const [day = '', clock = ''] = civilText(Math.floor(micros / 1_000_000)).split(' ');
  return `${day}T${clock}.${nanos}Z`;
}

const FIELDS = {
  status: 'Status',
  id: 'ID',
  from: 'From',
  Type: 'Type',
  Action: 'Action',
  Actor: 'Actor',
  scope: 'Scope',
  time: 'Time',
  timeNano: 'TimeNano',
};
const NOTHING = { status: '', id: '', from: '', Actor: { ID: '', Attributes: {} }, scope: '', time: 0, timeNano: 0 };

/** Tried on an event without content before anything is asked. */
function templateOf(format: string): (event: JsonObject) => string {
  const structs = new GoStructs();
  const refuse = (message: string): never => {
    throw new Fatal(`Error parsing format: ${message}`, 64);
  };
  const compiled = compileGoTemplate(format === 'json' ? '{{json .}}' : unescapeFormat(format), {
    functions: structs.functions ?? {},
    missing: { struct: '*events.Message' },
  });
  if (!compiled.ok) return refuse(compiled.message);
  const fill = (event: JsonObject): string => {
    const whole = structs.view(event, {
      ...structs.struct(NOTHING, FIELDS),
      Type: '',
      Action: '',
      ...structs.struct(event, FIELDS),
    });
    const filled = compiled.value.execute(whole);
    return filled.ok ? filled.value : refuse(filled.message);
  };
  fill({});
  return fill;
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
