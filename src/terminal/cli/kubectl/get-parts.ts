/** The requests that a `kubectl get` consists of. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Query } from './api.ts';
import { listFailure, namesFiles, readArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { kindName, resourcePath, type ResourceType } from './discovery.ts';
import { fatal } from './fatal.ts';
import { objectsAt, textAt } from './fields.ts';
import { refuse } from './server-error.ts';
import { TABLE_ACCEPT, type TableOptions } from './table.ts';

/** One request: a list, or one object by name. */
export interface Part {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name?: string;
}

/** What the arguments and files of `get` ask for. */
export async function planParts(context: Context): Promise<Part[]> {
  const { flags } = context;
  if (namesFiles(context)) {
    const { targetsOfFiles } = await context.process.hold(import('./selection.ts'));
    return (await targetsOfFiles(context)).map(({ type, namespace, name }) => ({ type, namespace, name }));
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

export function queryOf(context: Context, part: Part): Query {
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
export async function fetchPart(context: Context, part: Part, table: boolean): Promise<JsonObject | undefined> {
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
      const { failure } = reply;
      refuse(
        part.name === undefined
          ? listFailure(part.type, failure, flags.string('selector'), flags.string('field-selector'))
          : failure,
      );
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

/** How the flags of `get` want tables. */
export function tableOptions(context: Context, type: ResourceType, several: boolean): TableOptions {
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
