/** kubectl get -w: tables and objects as the server tells of changes. */
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import { KUBECTL_TABLE, TabWriter } from '../../../formats/table.ts';
import type { Query } from './api.ts';
import { type Context } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { fatalText } from './fatal.ts';
import { objectAt, objectsAt, textAt } from './fields.ts';
import { fetchPart, queryOf, tableOptions, type Part } from './get-parts.ts';
import { customColumns, objectPrinter, printColumns, type Column, type ObjectPrinter } from './print.ts';
import { asTable, TABLE_ACCEPT, tableLines, type TableOptions } from './table.ts';
import { ageOf } from './time.ts';
import { openWatch, resumeWatch, type SavedWatch, type Watch } from './watch.ts';

/** Shows what is there and then every change of it. */
export async function watchPart(context: Context, part: Part): Promise<number> {
  const { api, flags } = context;
  const printer = objectPrinter(context, { tables: true });
  const columns = customColumns(context);
  const table = printer === undefined && columns === undefined;
  const first = await fetchPart(context, part, table);
  if (first === undefined) return 0;
  const isEmpty = table
    ? objectsAt(first, 'rows').length === 0
    : Array.isArray(first['items']) && objectsAt(first, 'items').length === 0;
  const shower = new Shower(context, part.type, { header: true, widths: [], columns: [] });
  if (!flags.bool('watch-only') && !isEmpty) shower.show(first, 'ADDED');
  if (!(await context.io.flush())) return 1;
  const query: Query = {
    ...queryOf(context, { type: part.type, namespace: part.namespace }),
    limit: undefined,
    resourceVersion: startOf(first),
    ...(part.name === undefined ? {} : { fieldSelector: `metadata.name=${part.name}` }),
  };
  const stream = await openWatch(api, resourcePath(part.type, part.namespace), query, table ? TABLE_ACCEPT : undefined);
  const { timeoutMs } = context.connection;
  return showEvents(context, part.type, stream, shower, timeoutMs > 0 ? context.nowMs + timeoutMs : undefined);
}

interface WatchState {
  readonly type: ResourceType;
  readonly watch: SavedWatch;
  readonly shown: Shown;
  /** When --request-timeout ends it, ms of the host's clock; absent for never. */
  readonly deadlineMs?: number;
}

async function showEvents(
  context: Context,
  type: ResourceType,
  stream: Watch,
  shower: Shower,
  deadlineMs: number | undefined,
): Promise<number> {
  for (;;) {
    const state: WatchState = {
      type,
      watch: stream.save(),
      shown: shower.save(),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    };
    context.process.checkpoint(state as unknown as Plain);
    const event = await stream.next(deadlineMs === undefined ? undefined : deadlineMs - context.nowMs);
    if (event === undefined) return 0;
    if (event.type === 'BOOKMARK') continue;
    if (event.type === 'ERROR') fatalText(`error: ${textAt(event.object, 'message')}`);
    shower.show(event.object, event.type);
    if (!(await context.io.flush())) return 1;
  }
}

/** Goes on from a checkpoint. */
export function resumeWatching(context: Context, state: Plain): Promise<number> {
  const { type, watch: saved, shown, deadlineMs } = state as unknown as WatchState;
  const shower = new Shower(context, type, shown);
  return showEvents(context, type, resumeWatch(context.process, saved), shower, deadlineMs);
}

interface Shown {
  /** The header is still to come. */
  readonly header: boolean;
  readonly widths: readonly number[];
  /** Column definitions, which the server sends with the first table of a stream only. */
  readonly columns: readonly JsonObject[];
}

/** Prints what a watch brings, in the format that was asked for. */
class Shower {
  private readonly context: Context;
  private readonly options: TableOptions;
  private readonly printer: ObjectPrinter | undefined;
  private readonly columns: readonly Column[] | undefined;
  private readonly writer: TabWriter;
  private header: boolean;
  private definitions: readonly JsonObject[];

  constructor(context: Context, type: ResourceType, shown: Shown) {
    this.context = context;
    this.options = tableOptions(context, type, false);
    this.printer = objectPrinter(context, { tables: true });
    this.columns = customColumns(context);
    this.writer = new TabWriter(KUBECTL_TABLE, shown.widths);
    this.header = shown.header;
    this.definitions = shown.columns;
  }

  save(): Shown {
    return { header: this.header, widths: this.writer.widths(), columns: this.definitions };
  }

  show(answer: JsonObject, event: string): void {
    const { context, columns, printer } = this;
    const { flags } = context;
    if (printer !== undefined) context.io.out(printer(answer));
    else if (columns !== undefined) {
      const objects = Array.isArray(answer['items']) ? objectsAt(answer, 'items') : [answer];
      context.io.out(printColumns(columns, objects, !this.header || flags.bool('no-headers')));
      this.header = false;
    } else {
      const options = flags.bool('output-watch-events') ? { ...this.options, event } : this.options;
      const table = asTable(answer, (time) => ageOf(time, context.nowMs));
      const definitions = objectsAt(table, 'columnDefinitions');
      if (definitions.length > 0) this.definitions = definitions;
      const lines = tableLines({ ...table, columnDefinitions: this.definitions }, options, this.header);
      if (lines !== '') this.header = false;
      this.writer.write(lines);
      context.io.out(this.writer.flush());
    }
  }
}

/** Where the watch begins: the revision of the list, or of the one object. */
function startOf(answer: JsonObject): string {
  const own = textAt(answer, 'metadata', 'resourceVersion');
  if (own !== '') return own;
  return textAt(objectAt(objectsAt(answer, 'rows')[0], 'object'), 'metadata', 'resourceVersion');
}
