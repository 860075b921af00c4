/** kubectl events and top. */
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import { formatTable, KUBECTL_TABLE, TabWriter } from '../../../../formats/table.ts';
import type { Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { numberAt, objectsAt, textAt } from '../fields.ts';
import { objectPrinter } from '../print.ts';
import { ageOf } from '../time.ts';
import { PRINT_FLAGS, type Verb } from '../verb.ts';
import { openWatch, resumeWatch, type SavedWatch, type Watch } from '../watch.ts';
import { lastTime } from '../describe/events.ts';

export const events: Verb = {
  path: 'events',
  short: 'List events',
  examples: [
    'kubectl events',
    'kubectl events --for pod/web-pod-13je7 --watch',
    'kubectl events --types=Warning,Normal',
  ],
  flags: [...PRINT_FLAGS, 'all-namespaces', 'chunk-size', 'for', 'no-headers', 'types', 'watch'],
  run: async (context) => {
    const { flags } = context;
    const everywhere = flags.bool('all-namespaces');
    const path = everywhere ? '/api/v1/events' : `/api/v1/namespaces/${context.namespace}/events`;
    const fieldSelector = await selectorFor(context);
    const query = fieldSelector === '' ? {} : { fieldSelector };
    const list = await context.api.get(path, { ...query, limit: 500 });
    const isWanted = wantedEvents(context);
    const found = objectsAt(list, 'items')
      .filter(isWanted)
      .toSorted((a, b) => (lastTime(a) < lastTime(b) ? -1 : lastTime(a) > lastTime(b) ? 1 : 0));
    const printer = objectPrinter(context);
    if (printer !== undefined) {
      context.io.out(printer({ apiVersion: 'v1', items: found, kind: 'List', metadata: {} }));
      return 0;
    }
    if (found.length === 0 && !flags.bool('watch')) {
      await context.error(everywhere ? 'No events found.' : `No events found in ${context.namespace} namespace.`);
      return 0;
    }
    const header = [...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    const writer = new TabWriter(KUBECTL_TABLE);
    const lines = [
      ...(flags.bool('no-headers') ? [] : [header]),
      ...found.map((event) => row(context, event, everywhere)),
    ];
    writer.write(lines.map((cells) => `${cells.join('\t')}\n`).join(''));
    context.io.out(writer.flush());
    if (!flags.bool('watch')) return 0;
    if (!(await context.io.flush())) return 1;
    const watch = await openWatch(context.api, path, {
      ...query,
      resourceVersion: textAt(list, 'metadata', 'resourceVersion'),
    });
    return showEvents(context, watch, writer);
  },
  resume: (context, state) => {
    const { watch, widths } = state as unknown as EventsState;
    return showEvents(context, resumeWatch(context.process, watch), new TabWriter(KUBECTL_TABLE, widths));
  },
};

interface EventsState {
  readonly watch: SavedWatch;
  readonly widths: readonly number[];
}

async function showEvents(context: Context, watch: Watch, writer: TabWriter): Promise<number> {
  const isWanted = wantedEvents(context);
  for (;;) {
    const state: EventsState = { watch: watch.save(), widths: writer.widths() };
    context.process.checkpoint(state as unknown as Plain);
    const next = await watch.next();
    if (next === undefined) return 0;
    if (next.type === 'DELETED' || next.type === 'BOOKMARK' || !isWanted(next.object)) continue;
    writer.write(`${row(context, next.object, context.flags.bool('all-namespaces')).join('\t')}\n`);
    context.io.out(writer.flush());
    if (!(await context.io.flush())) return 1;
  }
}

function wantedEvents({ flags }: Context): (event: JsonObject) => boolean {
  const kinds = flags.list('types').map((type) => type.toLowerCase());
  return (event) => kinds.length === 0 || kinds.includes(textAt(event, 'type').toLowerCase());
}

async function selectorFor(context: Context): Promise<string> {
  const target = context.flags.string('for');
  if (target === '') return '';
  const [word = '', name = ''] = target.split('/');
  if (name === '') fatal('--for must be in resource/name form');
  const type = await context.discovery.find(word);
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  return `involvedObject.kind=${type.kind},involvedObject.apiVersion=${apiVersion},involvedObject.name=${name}`;
}

function row(context: Context, event: JsonObject, everywhere: boolean): string[] {
  const eventTime = textAt(event, 'eventTime');
  const count = numberAt(event, 'count');
  const first = ageOf(eventTime === '' ? textAt(event, 'firstTimestamp') : eventTime, context.nowMs);
  const seen =
    count > 1 ? `${ageOf(textAt(event, 'lastTimestamp'), context.nowMs)} (x${String(count)} over ${first})` : first;
  return [
    ...(everywhere ? [textAt(event, 'metadata', 'namespace')] : []),
    seen,
    textAt(event, 'type'),
    textAt(event, 'reason'),
    `${textAt(event, 'involvedObject', 'kind')}/${textAt(event, 'involvedObject', 'name')}`,
    textAt(event, 'message').trim(),
  ];
}

function top(kind: 'node' | 'pod'): Verb {
  return {
    path: `top ${kind}`,
    short:
      kind === 'node' ? 'Display resource (CPU/memory) usage of nodes' : 'Display resource (CPU/memory) usage of pods',
    aliases: kind === 'node' ? ['nodes', 'no'] : ['pods', 'po'],
    flags: [
      'all-namespaces',
      'containers',
      'field-selector',
      'no-headers',
      'selector',
      'show-capacity',
      'sort-by',
      'sum',
      'use-protocol-buffers',
    ],
    run: async (context) => {
      if (!['', 'cpu', 'memory'].includes(context.flags.string('sort-by')))
        fatal('--sort-by accepts only cpu or memory');
      const types = await context.discovery.all();
      if (!types.some(({ group }) => group === 'metrics.k8s.io')) fatal('Metrics API not available');
      const path =
        kind === 'node'
          ? '/apis/metrics.k8s.io/v1beta1/nodes'
          : `/apis/metrics.k8s.io/v1beta1/${context.flags.bool('all-namespaces') ? '' : `namespaces/${context.namespace}/`}pods`;
      const list = await context.api.get(path);
      const rows = objectsAt(list, 'items').map((item) => [
        textAt(item, 'metadata', 'name'),
        textAt(item, 'usage', 'cpu'),
        textAt(item, 'usage', 'memory'),
      ]);
      context.io.out(formatTable([['NAME', 'CPU(cores)', 'MEMORY(bytes)'], ...rows]));
      return 0;
    },
  };
}

export const TOPS: readonly Verb[] = [top('node'), top('pod')];
