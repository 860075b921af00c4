/** Which pods stand behind a service, and on which ports: shared by Endpoints and EndpointSlices. */
import { labelSetMatcher } from '../apimachinery/label-selector.ts';
import { isPodReady, isPodTerminal } from '../apimachinery/pod-status.ts';
import type { Pod, Service, ServicePort } from '../apimachinery/types.ts';
import type { Informer } from '../client/interface.ts';

export interface BackendPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}
export interface Backend {
  readonly pod: Pod;
  readonly ip: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly hostname?: string;
  readonly ports: readonly BackendPort[];
}

/** Backends in the order of their addresses' first appearance. */
export function observeBackends(service: Service, pods: readonly Pod[]): readonly Backend[] {
  const publish = service.spec.publishNotReadyAddresses === true;
  const backends: Backend[] = [];
  for (const pod of pods) {
    const { podIP } = pod.status;
    if (podIP === undefined || podIP === '' || isPodTerminal(pod)) continue;
    const terminating = pod.metadata.deletionTimestamp !== undefined;
    const serving = isPodReady(pod);
    const named = pod.spec.hostname !== undefined && pod.spec.subdomain === service.metadata.name;
    backends.push({
      pod,
      ip: podIP,
      ready: publish || (serving && !terminating),
      serving,
      terminating,
      ...(named ? { hostname: pod.spec.hostname } : {}),
      ports: resolvePorts(service.spec.ports ?? [], pod),
    });
  }
  return backends;
}

/** Ports of a pod for a service; a named target that the pod lacks leaves its port out. */
export function resolvePorts(ports: readonly ServicePort[], pod: Pod): readonly BackendPort[] {
  const resolved: BackendPort[] = [];
  for (const port of ports) {
    const protocol = port.protocol ?? 'TCP';
    const number = targetPort(port, protocol, pod);
    if (number === undefined) continue;
    resolved.push({
      ...(port.name === undefined || port.name === '' ? {} : { name: port.name }),
      port: number,
      protocol,
      ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    });
  }
  return resolved;
}

function targetPort(port: ServicePort, protocol: string, pod: Pod): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target === 0 ? port.port : target;
  if (/^\d+$/.test(target)) return Number(target);
  const sidecars = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars]) {
    const found = (container.ports ?? []).find(
      (candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol,
    );
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

/** Backend changes within this time are written together, µs. */
export const BACKEND_BATCH_US = 10_000;

/** Calls back with the key of every service whose backends a pod event may change. */
export function onBackendChange(
  services: Informer<Service>,
  pods: Informer<Pod>,
  changed: (key: string) => void,
): void {
  pods.addHandler((event) => {
    const { object: pod } = event;
    const old = event.type === 'updated' ? event.old : undefined;
    const relabelled = old !== undefined && old.metadata.labels !== pod.metadata.labels;
    if (old !== undefined && !relabelled && sameBackend(old, pod)) return;
    for (const service of services.list(pod.metadata.namespace)) {
      const { selector } = service.spec;
      if (selector === undefined || Object.keys(selector).length === 0) continue;
      if (selects(selector, pod.metadata.labels) || (relabelled && selects(selector, old.metadata.labels)))
        changed(`${service.metadata.namespace ?? ''}/${service.metadata.name}`);
    }
  });
}

const selects = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> | undefined,
): boolean => labelSetMatcher(selector).matches(labels);

const sameBackend = (a: Pod, b: Pod): boolean =>
  a.status.podIP === b.status.podIP &&
  a.status.phase === b.status.phase &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
  a.spec.nodeName === b.spec.nodeName &&
  isPodReady(a) === isPodReady(b);
