import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { type FailureStatus, badRequest, expired, futureResourceVersion, isFailure } from '../apimachinery/status.ts';
import type { ListMeta } from '../apimachinery/types.ts';
import type { ListOptions } from '../client/interface.ts';
import type { Core } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { type Selection, selectionOf } from './selection.ts';

export interface Listed {
  readonly items: readonly JsonObject[];
  readonly metadata: ListMeta;
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** LIST: objects in key order, shared with the store. */
export function listObjects(core: Core, info: ResourceInfo, options: ListOptions): Listed | FailureStatus {
  const selection = selectionOf(info, options.namespace ?? '', options.labelSelector, options.fieldSelector);
  if (isFailure(selection)) return selection;
  const store = core.storage.store();
  if ('kind' in store) return store;
  const asked = revisionOf(options.resourceVersion ?? '');
  if (isFailure(asked)) return asked;
  if (asked > store.revision) return futureResourceVersion(asked, store.revision);
  const prefix = selection.namespace === '' ? info.prefix : `${info.prefix}${selection.namespace}/`;
  const token = options.continue === undefined || options.continue === '' ? undefined : readToken(options.continue);
  if (token !== undefined && 'kind' in token) return token;
  const exact = options.resourceVersionMatch === 'Exact' ? asked : undefined;
  const atRevision = token === undefined ? exact : token.revision > 0 ? token.revision : undefined;
  const name = nameSelected(info, selection);
  if (name !== undefined && atRevision === undefined) {
    const entry = store.get(`${prefix}${name}`);
    return {
      items: entry !== undefined && selection.matches(entry.value) ? [entry.value] : [],
      metadata: { resourceVersion: String(store.revision) },
    };
  }
  const limit = options.limit ?? 0;
  const range = store.range(prefix, {
    ...(token === undefined ? {} : { from: info.prefix + token.start }),
    ...(atRevision === undefined ? {} : { atRevision }),
    limit: selection.all ? limit : 0,
  });
  if ('error' in range)
    return expired(token === undefined ? `The resourceVersion for the provided list is too old.` : CONTINUE_EXPIRED);
  const items: JsonObject[] = [];
  let last = '';
  let more = range.remaining > 0;
  for (const { key, value } of range.entries) {
    if (!selection.all && !selection.matches(value)) continue;
    if (limit > 0 && items.length >= limit) {
      more = true;
      break;
    }
    items.push(value);
    last = key;
  }
  return {
    items,
    metadata: {
      resourceVersion: String(range.revision),
      ...(more ? { continue: writeToken(range.revision, `${last.slice(info.prefix.length)}\u0000`) } : {}),
      ...(more && selection.all ? { remainingItemCount: range.remaining } : {}),
    },
  };
}

/** A list by name in one namespace is a single look-up. */
function nameSelected(info: ResourceInfo, selection: Selection): string | undefined {
  if (info.namespaced && selection.namespace === '') return undefined;
  return selection.fields.find(({ field, operator }) => field === 'metadata.name' && operator !== '!=')?.value;
}

/** A resourceVersion parameter as a number; 0 where it is not set. */
export function revisionOf(text: string): number | FailureStatus {
  if (text === '' || text === '0') return 0;
  if (!/^\d+$/.test(text))
    return badRequest(`invalid resource version "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

const writeToken = (revision: number, start: string): string =>
  encodeBase64(encodeUtf8(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start })))
    .replace(/=+$/, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');

function readToken(text: string): { readonly revision: number; readonly start: string } | FailureStatus {
  const bytes = decodeBase64(text);
  const match =
    bytes === undefined ? null : /^\{"v":"meta\.k8s\.io\/v1","rv":(-?\d+),"start":(".*")\}$/s.exec(decodeUtf8(bytes));
  if (match === null) return badRequest('continue key is not valid: illegal base64 data at input byte 0');
  const start: unknown = JSON.parse(match[2] ?? '""');
  return { revision: Number(match[1]), start: typeof start === 'string' ? start : '' };
}

/** A list object of the resource's kind. */
export const listOf = (info: ResourceInfo, { items, metadata }: Listed): JsonObject => ({
  kind: `${info.kind}List`,
  apiVersion: info.apiVersion,
  metadata,
  items,
});
