/**
 * kubectl get.
 * Leaves out: --raw with a body, --subresource of kinds other than scale and status, --server-print=false.
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { KUBECTL_TABLE, TabWriter } from '../../../../formats/table.ts';
import { namesFiles } from '../arguments.ts';
import type { Flags } from '../../framework/flags.ts';
import { Faults, type Context } from '../context.ts';
import type { ResourceType } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { objectAt, objectsAt } from '../fields.ts';
import { fetchPart, planParts, tableOptions, type Part } from '../get-parts.ts';
import { serverErrorText } from '../server-error.ts';
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
    const { flags, process } = context;
    if (flags.string('raw') !== '') return raw(context);
    if (flags.args.length === 0 && !namesFiles(context)) {
      await context.error(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      );
      context.usage(
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      );
    }
    // Whatever is not a table loads when it is first asked for.
    const objects = namesFormat(flags) ? await process.hold(import('../get-objects.ts')) : undefined;
    const showsObjects = objects?.showsObjects(context) === true;
    const watching = flags.bool('watch') || flags.bool('watch-only');
    const parts = await planParts(context);
    if (watching) {
      const [only, second] = parts;
      if (only === undefined || second !== undefined) {
        fatal('you may only specify a single resource type');
      }
      return (await process.hold(import('../get-watch.ts'))).watchPart(context, only);
    }
    return objects !== undefined && showsObjects ? objects.printObjects(context, parts) : printTables(context, parts);
  },
  resume: async (context, state) =>
    (await context.process.hold(import('../get-watch.ts'))).resumeWatching(context, state),
};

/** Whether -o or --template name something else than a wide table. */
function namesFormat(flags: Flags): boolean {
  const output = flags.string('output');
  return output !== 'wide' && (output !== '' || flags.string('template') !== '');
}

async function printTables(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  const sort =
    flags.string('sort-by') === ''
      ? undefined
      : (await context.process.hold(import('../sort-by.ts'))).sorterOf(context);
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

async function raw(context: Context): Promise<number> {
  const { flags, api } = context;
  if (flags.args.length > 0) context.usage('arguments may not be passed when --raw is specified');
  const uri = flags.string('raw');
  const fault = uriFault(uri);
  if (fault !== undefined)
    throw new Fatal(`error: --raw must be a valid URL path: parse ${JSON.stringify(uri)}: ${fault}`);
  const answer = await api.text(uri);
  if (!answer.ok) throw new Fatal(serverErrorText(answer.failure));
  context.io.out(answer.text);
  return 0;
}

/** Why a text is no URI; after ParseRequestURI of Go's net/url. */
function uriFault(text: string): string | undefined {
  if (/[\x00-\x1f\x7f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text.startsWith(':')) return 'missing protocol scheme';
  if (!/^(?:\/|[a-z][a-z\d+.-]*:)/i.test(text)) return 'invalid URI for request';
  const [path = ''] = text.split('?');
  const escape = /%(?![\da-f]{2}).{0,2}/is.exec(path)?.[0];
  return escape === undefined ? undefined : `invalid URL escape ${JSON.stringify(escape)}`;
}
