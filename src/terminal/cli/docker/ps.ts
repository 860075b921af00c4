/** docker ps. */
import { civilFromUnix } from '../../../formats/civil-time.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import {
  array,
  filters,
  humanDuration,
  humanSize,
  member,
  number,
  printRows,
  text,
  type Context,
  type Verb,
} from './context.ts';

const HEADERS = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  RunningFor: 'CREATED',
  CreatedAt: 'CREATED AT',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Names: 'NAMES',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  Networks: 'NETWORKS',
  LocalVolumes: 'LOCAL VOLUMES',
};

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length - 1)}…`;

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp`. */
export function portsText(ports: readonly JsonObject[]): string {
  const shown = ports.map((port) => {
    const inner = `${String(number(port, 'PrivatePort'))}/${text(port, 'Type')}`;
    const ip = text(port, 'IP');
    return port['PublicPort'] === undefined
      ? inner
      : `${ip.includes(':') ? `[${ip}]` : ip}:${String(number(port, 'PublicPort'))}->${inner}`;
  });
  return shown.join(', ');
}

/** `2026-03-02 00:00:00 +0000 UTC`. */
function createdAt(seconds: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)} +0000 UTC`;
}

/** What was written, and what there is with the image; the latter is known only where sizes were asked for. */
function sizeText(item: JsonObject): string {
  const whole = number(item, 'SizeRootFs');
  return `${humanSize(number(item, 'SizeRw'))}${whole > 0 ? ` (virtual ${humanSize(whole)})` : ''}`;
}

async function ps(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const query = flags.bool('all') ? ['all=1'] : [];
  const given = flags.list('filter');
  if (given.length > 0) query.push(`filters=${filters(given)}`);
  if (flags.bool('latest')) query.push('limit=1');
  else if (flags.int('last') > 0) query.push(`limit=${String(flags.int('last'))}`);
  // A template that shows sizes asks for them as well.
  if (flags.bool('size') || /\.Size\b/.test(flags.string('format'))) query.push('size=1');
  const list = array(await client.must('GET', `/containers/json${query.length === 0 ? '' : `?${query.join('&')}`}`));
  const full = flags.bool('no-trunc');
  if (flags.bool('quiet') && flags.string('format') === '') {
    for (const item of list) io.line(full ? text(item, 'Id') : text(item, 'Id').slice(0, 12));
    return 0;
  }
  const now = process.time().realtimeUs / 1_000_000;
  const rows = list.map((item) => ({
    ID: full ? text(item, 'Id') : text(item, 'Id').slice(0, 12),
    Image: full || !text(item, 'Image').startsWith('sha256:') ? text(item, 'Image') : text(item, 'Image').slice(7, 19),
    Command: `"${full ? text(item, 'Command') : cut(text(item, 'Command'), 20)}"`,
    CreatedAt: createdAt(number(item, 'Created')),
    RunningFor: `${humanDuration(now - number(item, 'Created'))} ago`,
    Status: text(item, 'Status'),
    State: text(item, 'State'),
    Ports: portsText(array(item['Ports'])),
    Names: (member(item, 'Names') as readonly string[]).map((name) => name.slice(1)).join(','),
    Size: sizeText(item),
    Labels: Object.entries((item['Labels'] ?? {}) as JsonObject)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(','),
    Mounts: array(item['Mounts'])
      .map((mount) => cut(text(mount, 'Name') === '' ? text(mount, 'Source') : text(mount, 'Name'), full ? 1e6 : 15))
      .join(','),
    LocalVolumes: String(array(item['Mounts']).filter((mount) => text(mount, 'Type') === 'volume').length),
    Networks: Object.keys((member(item, 'NetworkSettings', 'Networks') ?? {}) as JsonObject).join(','),
  }));
  printRows(
    context,
    flags.string('format'),
    HEADERS,
    ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names', ...(flags.bool('size') ? ['Size'] : [])],
    rows,
  );
  return 0;
}

export const psVerbs: Readonly<Record<string, Verb>> = {
  ps: {
    use: '[OPTIONS]',
    short: 'List containers',
    args: [0, 0],
    flags: ['all', 'filter', 'format', 'last', 'latest', 'no-trunc', 'quiet', 'size'],
    run: ps,
  },
};
