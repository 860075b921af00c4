import { percentDecoded } from '../../../../formats/percent.ts';
import type { Registry, ResourceInfo } from '../registry.ts';

/** Where a path leads within the resource API. */
export interface ResourceRoute {
  readonly info: ResourceInfo;
  readonly namespace: string;
  /** '' for the collection. */
  readonly name: string;
  readonly subresource: string;
  /** What follows the subresource (`proxy/…`). */
  readonly rest: string;
}

/** Path and decoded query of a request target. */
export interface Target {
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
}

export function parseTarget(target: string): Target {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = new Map<string, string[]>();
  for (const pair of mark < 0 ? [] : target.slice(mark + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = unescape(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : unescape(pair.slice(equals + 1));
    query.set(key, [...(query.get(key) ?? []), value]);
  }
  return { path: unescape(path), query };
}

export const first = (target: Target, key: string): string => target.query.get(key)?.[0] ?? '';
export const isSet = (target: Target, key: string): boolean => ['true', '1'].includes(first(target, key));

function unescape(text: string): string {
  return percentDecoded(text.replaceAll('+', ' ')) ?? text;
}

/** The resource a path names; undefined where no resource is served there. */
export function routeOf(registry: Registry, path: string): ResourceRoute | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') return undefined;
  const group = core ? '' : (parts[1] ?? '');
  const version = parts[core ? 1 : 2] ?? '';
  const rest = parts.slice(core ? 2 : 3);
  const [head, second, third, ...more] = rest;
  if (head === undefined) return undefined;
  if (
    head === 'namespaces' &&
    third !== undefined &&
    second !== undefined &&
    !(core && (third === 'status' || third === 'finalize'))
  ) {
    const info = registry.at(group, version, third);
    if (info === undefined || !info.namespaced) return undefined;
    const [name = '', subresource = '', ...tail] = more;
    return { info, namespace: second, name, subresource, rest: tail.join('/') };
  }
  const info = registry.at(group, version, head);
  if (info === undefined) return undefined;
  return { info, namespace: '', name: second ?? '', subresource: third ?? '', rest: more.join('/') };
}
