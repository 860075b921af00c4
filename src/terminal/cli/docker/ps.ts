/** docker ps. */
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

async function ps(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const query = [`filters=${filters(flags.list('filter'))}`];
  if (flags.bool('all')) query.push('all=1');
  if (flags.bool('latest')) query.push('limit=1');
  else if (flags.int('last') > 0) query.push(`limit=${String(flags.int('last'))}`);
  if (flags.bool('size')) query.push('size=1');
  const list = array(await client.must('GET', `/containers/json?${query.join('&')}`));
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
    RunningFor: `${humanDuration(now - number(item, 'Created'))} ago`,
    Status: text(item, 'Status'),
    State: text(item, 'State'),
    Ports: portsText(array(item['Ports'])),
    Names: (member(item, 'Names') as readonly string[]).map((name) => name.slice(1)).join(','),
    Size: `${humanSize(number(item, 'SizeRw'))} (virtual ${humanSize(number(item, 'SizeRootFs'))})`,
    Labels: Object.entries((item['Labels'] ?? {}) as JsonObject)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(','),
    Mounts: array(item['Mounts'])
      .map((mount) => cut(text(mount, 'Name') === '' ? text(mount, 'Source') : text(mount, 'Name'), full ? 1e6 : 15))
      .join(','),
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
