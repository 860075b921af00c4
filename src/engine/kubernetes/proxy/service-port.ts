/** One port of a Service with its endpoints, as the proxy sees it. */
import type { EndpointSlice, Service, ServicePort } from '../apimachinery/types.ts';

export interface ProxyEndpoint {
  readonly ip: string;
  readonly port: number;
  readonly node?: string;
}

export interface ProxyPort {
  /** `default/web:http`. */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  readonly clusterIp: string;
  readonly port: number;
  readonly nodePort?: number;
  readonly externalIps: readonly string[];
  readonly loadBalancerIps: readonly string[];
  /** Seconds, where clients stick to an endpoint. */
  readonly affinitySeconds?: number;
  readonly externalLocal: boolean;
  readonly internalLocal: boolean;
  readonly endpoints: readonly ProxyEndpoint[];
}

/** Ports to proxy; none for headless Services and names. */
export function proxyPorts(service: Service, slices: readonly EndpointSlice[]): readonly ProxyPort[] {
  const { spec, metadata } = service;
  if (
    spec.type === 'ExternalName' ||
    spec.clusterIP === undefined ||
    spec.clusterIP === '' ||
    spec.clusterIP === 'None'
  )
    return [];
  const clusterIp = spec.clusterIP;
  return (spec.ports ?? []).flatMap((port) => {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    const affinity =
      spec.sessionAffinity === 'ClientIP'
        ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800)
        : undefined;
    return [
      {
        name: `${metadata.namespace ?? ''}/${metadata.name}${port.name === undefined || port.name === '' ? '' : `:${port.name}`}`,
        protocol,
        clusterIp,
        port: port.port,
        ...(port.nodePort === undefined || port.nodePort === 0 ? {} : { nodePort: port.nodePort }),
        externalIps: spec.externalIPs ?? [],
        loadBalancerIps: (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) =>
          ip === undefined ? [] : [ip],
        ),
        ...(affinity === undefined ? {} : { affinitySeconds: affinity }),
        externalLocal: spec.externalTrafficPolicy === 'Local',
        internalLocal: spec.internalTrafficPolicy === 'Local',
        endpoints: endpointsOf(port, slices),
      },
    ];
  });
}

/** Ready endpoints of a port; where none is ready, those that still serve while they end. Sorted, as chains are. */
function endpointsOf(port: ServicePort, slices: readonly EndpointSlice[]): readonly ProxyEndpoint[] {
  const ready = new Map<string, ProxyEndpoint>();
  const ending = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    const found = slice.ports?.find(
      (one) => (one.name ?? '') === (port.name ?? '') && (one.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    if (found?.port === undefined) continue;
    for (const { addresses, conditions, nodeName } of slice.endpoints ?? []) {
      const [ip] = addresses;
      if (ip === undefined) continue;
      const endpoint: ProxyEndpoint = { ip, port: found.port, ...(nodeName === undefined ? {} : { node: nodeName }) };
      if (conditions?.ready !== false) ready.set(ip, endpoint);
      else if (conditions.serving === true && conditions.terminating === true) ending.set(ip, endpoint);
    }
  }
  const chosen = ready.size > 0 ? ready : ending;
  return [...chosen.values()].sort((a, b) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0));
}
