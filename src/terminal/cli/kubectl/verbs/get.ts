/**
 * kubectl get.
 * Leaves out: --raw with a body, --subresource of kinds other than scale and status, --server-print=false.
 */
import { namesFiles } from '../documents.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { KUBECTL_TABLE, TabWriter } from '../../../../formats/table.ts';
import { Faults, type Context } from '../context.ts';
import type { ResourceType } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { objectAt, objectsAt, textAt } from '../fields.ts';
import { fetchPart, planParts, tableOptions, type Part } from '../get-parts.ts';
import { resumeWatching, watchPart } from '../get-watch.ts';
import { customColumns, objectPrinter, printColumns } from '../print.ts';
import { serverErrorText } from '../server-error.ts';
import { sorterOf } from '../sort-by.ts';
import { asTable, tableLines } from '../table.ts';
import { ageOf } from '../time.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

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
    if (flags.args.length === 0 && !namesFiles(context)) {
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
    const parts = await planParts(context);
    if (watching) {
      const [only, second] = parts;
      if (only === undefined || second !== undefined) {
        fatal('you may only specify a single resource type');
      }
      return watchPart(context, only);
    }
    if (printer !== undefined || columns !== undefined) return printObjects(context, parts);
    return printTables(context, parts);
  },
  resume: resumeWatching,
};

async function printTables(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  const sort = sorterOf(context);
  let writer = new TabWriter(KUBECTL_TABLE);
  const tables: { part: Part; table: JsonObject }[] = [];
  for (const part of parts) {
    const answer = await faults.guard(() => fetchPart(context, part, true));
    if (answer === undefined) continue;
    const table = asTable(answer, (time) => ageOf(time, context.nowMs));
    const rows = sort?.(objectsAt(table, 'rows'), (row) => objectAt(row, 'object'));
    // A table that cannot be put in order is left out without a word.
    if (typeof rows !== 'string') tables.push({ part, table: rows === undefined ? table : { ...table, rows } });
  }
  await context.flushWarnings();
  const kinds = new Set(parts.map(({ type }) => `${type.group}/${type.kind}`));
  let last: ResourceType | undefined;
  let printed = 0;
  for (const { part, table } of tables) {
    if (objectsAt(table, 'rows').length === 0) continue;
    const isNew = last !== part.type;
    if (isNew && printed > 0) {
      // Every kind has widths of its own.
      context.io.out(`${writer.flush()}${flags.bool('no-headers') ? '' : '\n'}`);
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

async function printObjects(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  let objects: JsonObject[] = [];
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
  const ordered = sorterOf(context)?.(objects, (object) => object);
  if (typeof ordered === 'string') fatal(ordered);
  objects = ordered ?? objects;
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

async function raw(context: Context): Promise<number> {
  const { flags, api } = context;
  if (flags.args.length > 0) context.usage('arguments may not be passed when --raw is specified');
  const answer = await api.text(flags.string('raw'));
  if (!answer.ok) throw new Fatal(serverErrorText(answer.failure));
  context.io.out(answer.text);
  return 0;
}
