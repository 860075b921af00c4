/** Subsets of a service's Endpoints object (kubernetes pkg/controller/endpoint). Models at most 1,000 addresses. */
import type { EndpointAddress, EndpointSubset } from '../../apimachinery/types.ts';
import type { Backend } from '../service-backends.ts';

export const MAX_ADDRESSES = 1000;

/** One subset per set of ports; addresses in the order of their IPs. */
export function planSubsets(backends: readonly Backend[], headless: boolean): readonly EndpointSubset[] {
  const groups = new Map<
    string,
    { readonly ports: Backend['ports']; readonly ready: EndpointAddress[]; readonly notReady: EndpointAddress[] }
  >();
  const shown = backends.filter(
    (backend) =>
      (backend.ready || (!backend.terminating && mayBecomeReady(backend))) && (backend.ports.length > 0 || headless),
  );
  for (const backend of shown.toSorted((a, b) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0)).slice(0, MAX_ADDRESSES)) {
    const key = JSON.stringify(backend.ports);
    const group = groups.get(key) ?? { ports: backend.ports, ready: [], notReady: [] };
    groups.set(key, group);
    (backend.ready ? group.ready : group.notReady).push(addressOf(backend));
  }
  return [...groups.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  }));
}

function mayBecomeReady({ pod }: Backend): boolean {
  if (pod.spec.restartPolicy === 'Never') return pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded';
  return pod.spec.restartPolicy !== 'OnFailure' || pod.status.phase !== 'Succeeded';
}

function addressOf({ pod, ip, hostname }: Backend): EndpointAddress {
  const { name, namespace = '', uid } = pod.metadata;
  return {
    ip,
    ...(hostname === undefined ? {} : { hostname }),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}
