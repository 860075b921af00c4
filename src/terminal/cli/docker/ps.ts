/** docker ps. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { array, filters, humanDuration, humanSize, member, number, text, type Context, type Verb } from './context.ts';
import { labelFields, printRows, templateOf, type Row } from './listing.ts';
import { portsText } from './ports-text.ts';
import { civilText } from './timestamp.ts';

export const CONTAINER_LISTING = {
  type: '*formatter.ContainerContext',
  headers: {
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
    Platform: 'PLATFORM',
  },
};
const RAW =
  'container_id: {{.ID}}\nimage: {{.Image}}\ncommand: {{.Command}}\ncreated_at: {{.CreatedAt}}\n' +
  'state: {{- pad .State 1 0}}\nstatus: {{- pad .Status 1 0}}\nnames: {{.Names}}\nlabels: {{- pad .Labels 1 0}}\n' +
  'ports: {{- pad .Ports 1 0}}\n';

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length - 1)}…`;

/** What was written, and what there is with the image; the latter is known only where sizes were asked for. */
function sizeText(item: JsonObject): string {
  const whole = number(item, 'SizeRootFs');
  return `${humanSize(number(item, 'SizeRw'))}${whole > 0 ? ` (virtual ${humanSize(whole)})` : ''}`;
}

async function ps(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const format = flags.string('format');
  const query = flags.bool('all') ? ['all=1'] : [];
  const given = flags.list('filter');
  if (given.length > 0) query.push(`filters=${filters(given)}`);
  if (flags.bool('latest')) query.push('limit=1');
  else if (flags.int('last') > 0) query.push(`limit=${String(flags.int('last'))}`);
  const showsSize = flags.bool('size');
  if (showsSize || (!flags.bool('quiet') && usesSize(format))) query.push('size=1');
  const list = array(await client.must('GET', `/containers/json${query.length === 0 ? '' : `?${query.join('&')}`}`));
  const rows = list.map((item) => containerRow(item, process.time().realtimeUs / 1_000_000, flags.bool('no-trunc')));
  if (flags.bool('quiet')) {
    if (format !== '') await io.raw('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
    for (const { ID } of rows) io.line(ID);
    return 0;
  }
  const columns = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names', ...(showsSize ? ['Size'] : [])];
  const raw = `${RAW}${showsSize ? 'size: {{.Size}}\n' : ''}`;
  printRows(context, format, { ...CONTAINER_LISTING, columns, raw }, rows);
  return 0;
}

/** Whether a template asks for sizes, which the daemon has to count: it is tried on a container without content. */
function usesSize(format: string): boolean {
  if (['', 'table', 'raw', 'json'].includes(format)) return false;
  let used = false;
  const empty: Row = {
    ...containerRow({ Names: [] }, 0, false),
    ID: '',
    get Size() {
      used = true;
      return '';
    },
  };
  const fault = { parse: 'failed to parse template', execute: 'failed to execute template' };
  templateOf(format.startsWith('table') ? format.slice('table'.length) : format, CONTAINER_LISTING.type, fault)(empty);
  return used;
}

export function containerRow(item: JsonObject, nowSeconds: number, full: boolean): Row & { readonly ID: string } {
  const mounts = array(item['Mounts']);
  return {
    ID: full ? text(item, 'Id') : text(item, 'Id').slice(0, 12),
    Image: full || !text(item, 'Image').startsWith('sha256:') ? text(item, 'Image') : text(item, 'Image').slice(7, 19),
    Command: `"${full ? text(item, 'Command') : cut(text(item, 'Command'), 20)}"`,
    CreatedAt: civilText(number(item, 'Created')),
    RunningFor: `${humanDuration(nowSeconds - number(item, 'Created'))} ago`,
    Status: text(item, 'Status'),
    State: text(item, 'State'),
    Ports: portsText(array(item['Ports'])),
    Names: ((member(item, 'Names') ?? []) as readonly string[]).map((name) => name.slice(1)).join(','),
    Size: sizeText(item),
    Mounts: mounts
      .map((mount) => cut(text(mount, 'Name') === '' ? text(mount, 'Source') : text(mount, 'Name'), full ? 1e6 : 15))
      .join(','),
    LocalVolumes: String(mounts.filter((mount) => text(mount, 'Type') === 'volume').length),
    Networks: Object.keys((member(item, 'NetworkSettings', 'Networks') ?? {}) as JsonObject).join(','),
    Platform: null,
    ...labelFields((item['Labels'] ?? {}) as JsonObject),
  };
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
