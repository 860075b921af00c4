/** Slices of a service (kubernetes staging/src/k8s.io/endpointslice). Models: 100 endpoints a slice, one family. */
import { deepEqual } from '../../apimachinery/equality.ts';
import type { Endpoint, EndpointSlice } from '../../apimachinery/types.ts';
import type { Backend } from '../service-backends.ts';

export const MAX_ENDPOINTS_PER_SLICE = 100;

export interface SliceContent {
  readonly ports: EndpointSlice['ports'];
  readonly endpoints: readonly Endpoint[];
}
export type Action =
  | { readonly type: 'create'; readonly content: SliceContent }
  | { readonly type: 'update'; readonly slice: EndpointSlice; readonly content: SliceContent }
  | { readonly type: 'delete'; readonly slice: EndpointSlice };

/** The least change from the slices that exist to the backends that there are: an endpoint stays in its slice. */
export function planSlices(existing: readonly EndpointSlice[], backends: readonly Backend[]): readonly Action[] {
  const groups = new Map<string, { readonly ports: Backend['ports']; readonly endpoints: Map<string, Endpoint> }>();
  for (const backend of backends) {
    // The API gives every port of a slice a name, be it empty.
    const ports = backend.ports.map((port) => ({ ...port, name: port.name ?? '' }));
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, endpoints: new Map<string, Endpoint>() };
    groups.set(key, group);
    group.endpoints.set(backend.pod.metadata.uid, endpointOf(backend));
  }
  const actions: Action[] = [];
  const claimed = new Set<EndpointSlice>();
  for (const { ports, endpoints } of groups.values()) {
    const mine = existing.filter((slice) => deepEqual(slice.ports ?? [], ports));
    for (const slice of mine) claimed.add(slice);
    actions.push(...planGroup(mine, ports, endpoints));
  }
  const rest = existing.filter((slice) => !claimed.has(slice));
  if (groups.size > 0) return [...actions, ...rest.map((slice): Action => ({ type: 'delete', slice }))];
  // A service without backends keeps one empty slice.
  const [kept, ...surplus] = rest;
  if (kept === undefined) return [{ type: 'create', content: { ports: null, endpoints: [] } }];
  const emptied: Action[] =
    (kept.endpoints ?? []).length === 0
      ? []
      : [{ type: 'update', slice: kept, content: { ports: null, endpoints: [] } }];
  return [...emptied, ...surplus.map((slice): Action => ({ type: 'delete', slice }))];
}

function planGroup(
  slices: readonly EndpointSlice[],
  ports: Backend['ports'],
  wanted: ReadonlyMap<string, Endpoint>,
): readonly Action[] {
  const left = new Map(wanted);
  const kept = slices.map((slice) => {
    const endpoints: Endpoint[] = [];
    for (const endpoint of slice.endpoints ?? []) {
      const uid = endpoint.targetRef?.uid ?? '';
      const next = left.get(uid);
      if (next === undefined) continue;
      left.delete(uid);
      endpoints.push(next);
    }
    return { slice, endpoints };
  });
  const fresh = [...left.values()];
  for (const { endpoints } of kept)
    endpoints.push(...fresh.splice(0, Math.max(0, MAX_ENDPOINTS_PER_SLICE - endpoints.length)));
  const actions: Action[] = [];
  for (const { slice, endpoints } of kept) {
    if (endpoints.length === 0) actions.push({ type: 'delete', slice });
    else if (!deepEqual(endpoints, slice.endpoints))
      actions.push({ type: 'update', slice, content: { ports, endpoints } });
  }
  while (fresh.length > 0)
    actions.push({ type: 'create', content: { ports, endpoints: fresh.splice(0, MAX_ENDPOINTS_PER_SLICE) } });
  return actions;
}

function endpointOf({ pod, ip, ready, serving, terminating, hostname }: Backend): Endpoint {
  const { name, namespace = '', uid } = pod.metadata;
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(hostname === undefined ? {} : { hostname }),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}
