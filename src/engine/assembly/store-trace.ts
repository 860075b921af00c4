/** The trace hears every write of the store: what lessons and the timeline follow. */
import type { Store } from '../kubernetes/etcd/store.ts';
import type { Trace } from '../sim/trace.ts';

/** Heartbeats and events about events would drown the rest. */
const QUIET = ['/registry/leases/', '/registry/events/'];
const REGISTRY = '/registry/';
const SINGULAR = Object.entries({
  minions: 'node',
  pods: 'pod',
  'services/specs': 'service',
  'services/endpoints': 'endpoints',
  deployments: 'deployment',
  replicasets: 'replicaset',
  endpointslices: 'endpointslice',
  namespaces: 'namespace',
  jobs: 'job',
  daemonsets: 'daemonset',
  configmaps: 'configmap',
  secrets: 'secret',
}).map(([prefix, singular]) => [`${prefix}/`, `${singular}/`] as const);

export function traceStore(store: Store, trace: Trace): void {
  store.subscribe(({ key, entry, previous, revision }) => {
    if (QUIET.some((prefix) => key.startsWith(prefix))) return;
    const type = entry === undefined ? 'object.deleted' : previous === undefined ? 'object.created' : 'object.changed';
    trace.record('etcd', type, subjectOf(key), { revision });
  });
}

/** `/registry/pods/default/web` is `pod/default/web`. */
function subjectOf(key: string): string {
  const path = key.slice(REGISTRY.length);
  for (const [prefix, singular] of SINGULAR) if (path.startsWith(prefix)) return singular + path.slice(prefix.length);
  return path;
}
