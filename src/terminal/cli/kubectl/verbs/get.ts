/**
 * kubectl get.
 * Leaves out: --raw with a body, --subresource of kinds other than scale and status, --server-print=false.
 */
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import { compileJsonPath, relaxJsonPath } from '../../../../formats/jsonpath.ts';
import { compareQuantities, parseQuantity } from '../../../../formats/quantity.ts';
import { KUBECTL_TABLE, TabWriter } from '../../../../formats/table.ts';
import type { Query } from '../api.ts';
import { Faults, type Context } from '../context.ts';
import { kindName, resourcePath, type ResourceType } from '../discovery.ts';
import { readManifests } from '../documents.ts';
import { Fatal, fatal, fatalText } from '../fatal.ts';
import { objectAt, objectsAt, textAt } from '../fields.ts';
import { customColumns, objectPrinter, printColumns, type Column, type ObjectPrinter } from '../print.ts';
import { readArguments, targetOf } from '../selection.ts';
import { serverErrorText } from '../server-error.ts';
import { asTable, rowObjects, sortRows, TABLE_ACCEPT, tableLines, type TableOptions } from '../table.ts';
import { ageOf } from '../time.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { openWatch, resumeWatch, type SavedWatch, type Watch } from '../watch.ts';

export const get: Verb = {
  path: 'get',
  short: 'Display one or many resources',
  examples: ['kubectl get pods', 'kubectl get deploy,svc -o wide', 'kubectl get pod web-0 -o yaml'],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'all-namespaces',
    'chunk-size',
    'field-selector',
    'ignore-not-found',
    'label-columns',
    'no-headers',
    'output-watch-events',
    'raw',
    'selector',
    'show-kind',
    'show-labels',
    'sort-by',
    'watch',
    'watch-only',
    'subresource',
  ],
  run: async (context) => {
    const { flags } = context;
    if (flags.string('raw') !== '') return raw(context);
    if (flags.args.length === 0 && flags.list('filename').length === 0) {
      await context.error(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      );
      context.usage(
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      );
    }
    const printer = objectPrinter(context, { tables: true });
    const columns = customColumns(context);
    const watching = flags.bool('watch') || flags.bool('watch-only');
    const parts = await plan(context);
    if (watching) {
      const [only, second] = parts;
      if (only === undefined || second !== undefined) {
        fatal('you may only specify a single resource type');
      }
      return watch(context, only);
    }
    if (printer !== undefined || columns !== undefined) return printObjects(context, parts);
    return printTables(context, parts);
  },
  resume: resumeWatching,
};

/** One request: a list, or one object by name. */
interface Part {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name?: string;
}

async function plan(context: Context): Promise<Part[]> {
  const { flags } = context;
  if (flags.list('filename').length > 0) {
    const parts: Part[] = [];
    for (const item of await readManifests(context, { validate: false })) {
      if ('fault' in item) throw item.fault;
      const { type, namespace, name } = await targetOf(context, item.object, item.source);
      parts.push({ type, namespace, name });
    }
    return parts;
  }
  const asked = await readArguments(context, flags.args);
  const everywhere = flags.bool('all-namespaces');
  const parts: Part[] = [];
  for (const { type, names } of asked) {
    const namespace = type.namespaced && !everywhere ? context.namespace : '';
    if (names.length === 0) parts.push({ type, namespace });
    else if (everywhere) fatal('a resource cannot be retrieved by name across all namespaces');
    else if (flags.string('selector') !== '') fatal('name cannot be provided when a selector is specified');
    else parts.push(...names.map((name) => ({ type, namespace, name })));
  }
  return parts;
}

function pathOf(context: Context, part: Part): string {
  const subresource = context.flags.string('subresource');
  return resourcePath(part.type, part.namespace, part.name, subresource === '' ? undefined : subresource);
}

function queryOf(context: Context, part: Part): Query {
  const { flags } = context;
  if (part.name !== undefined) return {};
  const limit = flags.int('chunk-size');
  return {
    ...(flags.string('selector') === '' ? {} : { labelSelector: flags.string('selector') }),
    ...(flags.string('field-selector') === '' ? {} : { fieldSelector: flags.string('field-selector') }),
    ...(limit > 0 && flags.string('sort-by') === '' ? { limit } : {}),
  };
}

/** Asks for a part, all its pages; undefined where it is not there and that is to be ignored. */
async function fetchPart(context: Context, part: Part, table: boolean): Promise<JsonObject | undefined> {
  const { api, flags } = context;
  const query = {
    ...queryOf(context, part),
    ...(table && flags.string('sort-by') !== '' ? { includeObject: 'Object' } : {}),
  };
  let answer: JsonObject | undefined;
  let next = '';
  do {
    const reply = await api.ask({
      path: pathOf(context, part),
      query: { ...query, ...(next === '' ? {} : { continue: next }) },
      ...(table ? { accept: TABLE_ACCEPT } : {}),
    });
    if (!reply.ok) {
      if (reply.failure.reason === 'NotFound' && flags.bool('ignore-not-found')) return undefined;
      throw new Fatal(serverErrorText(reply.failure));
    }
    const page = reply.object;
    answer = answer === undefined ? page : joinPages(answer, page);
    next = part.name === undefined ? textAt(page, 'metadata', 'continue') : '';
  } while (next !== '');
  return answer;
}

function joinPages(first: JsonObject, second: JsonObject): JsonObject {
  const member = first['kind'] === 'Table' ? 'rows' : 'items';
  return { ...first, [member]: [...objectsAt(first, member), ...objectsAt(second, member)] };
}

async function printTables(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  let writer = new TabWriter(KUBECTL_TABLE);
  const tables: { part: Part; table: JsonObject }[] = [];
  for (const part of parts) {
    const answer = await faults.guard(() => fetchPart(context, part, true));
    if (answer === undefined) continue;
    tables.push({
      part,
      table: sorted(
        context,
        asTable(answer, (time) => ageOf(time, context.nowMs)),
      ),
    });
  }
  await context.flushWarnings();
  const kinds = new Set(parts.map(({ type }) => `${type.group}/${type.kind}`));
  let last: ResourceType | undefined;
  let printed = 0;
  for (const { part, table } of tables) {
    if (objectsAt(table, 'rows').length === 0) continue;
    const isNew = last !== part.type;
    if (isNew && printed > 0 && !flags.bool('no-headers')) {
      // Every kind has widths of its own.
      context.io.out(`${writer.flush()}\n`);
      writer = new TabWriter(KUBECTL_TABLE);
    }
    writer.write(tableLines(table, tableOptions(context, part.type, kinds.size > 1), isNew));
    last = part.type;
    printed += 1;
  }
  context.io.out(writer.flush());
  if (printed === 0 && faults.empty && !flags.bool('ignore-not-found')) await nothingFound(context, parts);
  faults.raise();
  return 0;
}

async function nothingFound(context: Context, parts: readonly Part[]): Promise<void> {
  const isScoped = parts.some(({ type }) => type.namespaced) && !context.flags.bool('all-namespaces');
  await context.error(isScoped ? `No resources found in ${context.namespace} namespace.` : 'No resources found');
}

function tableOptions(context: Context, type: ResourceType, several: boolean): TableOptions {
  const { flags } = context;
  return {
    wide: flags.string('output') === 'wide',
    noHeaders: flags.bool('no-headers'),
    withNamespace: flags.bool('all-namespaces') && type.namespaced,
    labelColumns: flags.list('label-columns'),
    showLabels: flags.bool('show-labels'),
    ...(several || flags.bool('show-kind') ? { kindPrefix: kindName(type) } : {}),
  };
}

async function printObjects(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  const objects: JsonObject[] = [];
  for (const part of parts) {
    const answer = await faults.guard(() => fetchPart(context, part, false));
    if (answer === undefined) continue;
    if (part.name !== undefined) objects.push(answer);
    else
      objects.push(
        ...objectsAt(answer, 'items').map((item) => ({
          apiVersion: textAt(answer, 'apiVersion'),
          kind: part.type.kind,
          ...item,
        })),
      );
  }
  await context.flushWarnings();
  const compare = comparator(context, objects);
  if (compare !== undefined) objects.sort(compare);
  const columns = customColumns(context);
  const single = parts.length === 1 && parts[0]?.name !== undefined;
  if (columns !== undefined) {
    if (objects.length === 0 && faults.empty && single) return 0;
    context.io.out(printColumns(columns, objects, flags.bool('no-headers')));
  } else {
    const printer = objectPrinter(context, { tables: true });
    const [only] = objects;
    if (single) {
      if (only !== undefined && printer !== undefined) context.io.out(printer(only));
    } else if (printer !== undefined && (objects.length > 0 || faults.empty)) {
      context.io.out(printer({ apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }));
    }
  }
  faults.raise();
  return 0;
}

function sorted(context: Context, table: JsonObject): JsonObject {
  const compare = comparator(context, rowObjects(table));
  return compare === undefined ? table : sortRows(table, compare);
}

/** The order that --sort-by asks for. */
function comparator(
  context: Context,
  objects: readonly JsonObject[],
): ((a: JsonObject, b: JsonObject) => number) | undefined {
  const field = context.flags.string('sort-by');
  if (field === '') return undefined;
  const relaxed = relaxJsonPath(field);
  if (!relaxed.ok) return fatal(relaxed.message);
  const path = compileJsonPath(relaxed.value, { allowMissingKeys: true });
  if (!path.ok) return fatal(path.message);
  const keyOf = (object: JsonObject): unknown => {
    const found = path.value.find(object);
    return found.ok ? found.value.flat()[0] : undefined;
  };
  const keys = new Map(objects.map((object) => [object, keyOf(object)]));
  if (objects.length > 0 && [...keys.values()].every((key) => key === undefined)) {
    fatal(`couldn't find any field with path "${relaxed.value}" in the list of objects`);
  }
  return (a, b) => compareKeys(keys.get(a), keys.get(b));
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
  if (b === undefined || b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  const x = parseQuantity(left);
  const y = parseQuantity(right);
  if (x.ok && y.ok) return compareQuantities(x.quantity, y.quantity);
  return left < right ? -1 : left > right ? 1 : 0;
}

async function watch(context: Context, part: Part): Promise<number> {
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
  return showEvents(context, part.type, stream, shower);
}

interface WatchState {
  readonly type: ResourceType;
  readonly watch: SavedWatch;
  readonly shown: Shown;
}

async function showEvents(context: Context, type: ResourceType, stream: Watch, shower: Shower): Promise<number> {
  for (;;) {
    const state: WatchState = { type, watch: stream.save(), shown: shower.save() };
    context.process.checkpoint(state as unknown as Plain);
    const event = await stream.next();
    if (event === undefined) return 0;
    if (event.type === 'BOOKMARK') continue;
    if (event.type === 'ERROR') fatalText(`error: ${textAt(event.object, 'message')}`);
    shower.show(event.object, event.type);
    if (!(await context.io.flush())) return 1;
  }
}

function resumeWatching(context: Context, state: Plain): Promise<number> {
  const { type, watch: saved, shown } = state as unknown as WatchState;
  return showEvents(context, type, resumeWatch(context.process, saved), new Shower(context, type, shown));
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

function startOf(answer: JsonObject): string {
  const own = textAt(answer, 'metadata', 'resourceVersion');
  if (own !== '') return own;
  return textAt(objectAt(objectsAt(answer, 'rows')[0], 'object'), 'metadata', 'resourceVersion');
}

async function raw(context: Context): Promise<number> {
  const { flags, api } = context;
  if (flags.args.length > 0) context.usage('arguments may not be passed when --raw is specified');
  const answer = await api.text(flags.string('raw'));
  if (!answer.ok) throw new Fatal(serverErrorText(answer.failure));
  context.io.out(answer.text);
  return 0;
}
