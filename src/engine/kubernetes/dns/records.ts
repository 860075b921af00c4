/**
 * Names of a cluster (CoreDNS plugin kubernetes; dns/specification 1.1.0).
 * Models: Services, headless Services, endpoints by hostname or address, SRV, pods by address (pods insecure), ExternalName,
 * reverse names. Leaves out: IPv6, wildcards, zone transfer.
 */
import { addressOfReverseName } from '../../../formats/ip.ts';
import type { DnsRecord, DnsType } from '../../../formats/dns.ts';
import type { EndpointSlice, Service } from '../apimachinery/types.ts';

/** What the cluster looks like to its name server. */
export interface ClusterNames {
  readonly zone: string;
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, name: string): readonly EndpointSlice[];
  hasNamespace(name: string): boolean;
  /** By cluster IP, and by endpoint address. */
  serviceByIp(ip: string): Service | undefined;
  endpointByIp(ip: string): { readonly slice: EndpointSlice; readonly hostname: string } | undefined;
}

export type Lookup =
  /** `known` without records is an empty NOERROR. */
  | { readonly type: 'known'; readonly records: readonly DnsRecord[]; readonly additionals?: readonly DnsRecord[] }
  | { readonly type: 'unknown' }
  /** Not of this zone: asked upstream. */
  | { readonly type: 'elsewhere' }
  /** An alias whose target must be asked upstream as well. */
  | { readonly type: 'alias'; readonly record: DnsRecord; readonly target: string };

const TTL = 30;
const DNS_VERSION = '1.1.0';

/** Looks a question up; names are compared in lower case and end with a dot. */
export function lookup(names: ClusterNames, asked: string, type: DnsType): Lookup {
  const name = asked.toLowerCase();
  const ip = addressOfReverseName(name);
  if (ip !== undefined) return reverse(names, asked, ip, type);
  const suffix = `.${names.zone}.`;
  if (name === `${names.zone}.`) return { type: 'known', records: [] };
  if (!name.endsWith(suffix)) return { type: 'elsewhere' };
  const labels = name.slice(0, -suffix.length).split('.');
  if (labels.length === 1 && labels[0] === 'dns-version')
    return {
      type: 'known',
      records: type === 'TXT' ? [{ name: asked, ttl: TTL, type: 'TXT', texts: [DNS_VERSION] }] : [],
    };
  const kind = labels.at(-1);
  const namespace = labels.at(-2);
  if (kind !== 'svc' && kind !== 'pod') return { type: 'unknown' };
  if (namespace === undefined) return { type: 'known', records: [] };
  if (!names.hasNamespace(namespace)) return { type: 'unknown' };
  const rest = labels.slice(0, -2);
  if (rest.length === 0) return { type: 'known', records: [] };
  return kind === 'pod' ? pod(asked, rest, type) : service(names, asked, namespace, rest, type);
}

/** The zone's SOA, sent along with negative answers. */
export const soaOf = (zone: string, serial: number): DnsRecord => ({
  name: `${zone}.`,
  ttl: TTL,
  type: 'SOA',
  primary: `ns.dns.${zone}.`,
  mailbox: `hostmaster.${zone}.`,
  serial,
  refresh: 7200,
  retry: 1800,
  expire: 86_400,
  minimum: TTL,
});

function pod(asked: string, [label = '', ...more]: readonly string[], type: DnsType): Lookup {
  const ip = label.replace(/-/g, '.');
  if (more.length > 0 || !/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return { type: 'unknown' };
  return { type: 'known', records: type === 'A' ? [{ name: asked, ttl: TTL, type: 'A', ip }] : [] };
}

interface Target {
  readonly host: string;
  readonly ip: string;
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
}

function service(
  names: ClusterNames,
  asked: string,
  namespace: string,
  rest: readonly string[],
  type: DnsType,
): Lookup {
  const name = rest.at(-1) ?? '';
  const found = names.service(namespace, name);
  if (found === undefined) return { type: 'unknown' };
  const base = `${name}.${namespace}.svc.${names.zone}.`;
  if (found.spec.type === 'ExternalName') {
    const target = `${(found.spec.externalName ?? '').replace(/\.$/, '')}.`;
    return rest.length === 1
      ? { type: 'alias', record: { name: asked, ttl: TTL, type: 'CNAME', target }, target }
      : { type: 'unknown' };
  }
  const headless = found.spec.clusterIP === 'None' || found.spec.clusterIP === undefined || found.spec.clusterIP === '';
  const targets = headless ? endpointTargets(found, names.slices(namespace, name), base) : [clusterTarget(found, base)];
  if (rest.length === 1) return answer(asked, targets, type);
  if (rest.length === 2) {
    // One endpoint of the Service, by hostname or by its address with dashes.
    const one = endpointTargets(found, names.slices(namespace, name), base).filter(
      ({ host }) => host.toLowerCase() === `${rest[0] ?? ''}.${base}`,
    );
    return one.length === 0 ? { type: 'unknown' } : answer(asked, one, type);
  }
  const [port, protocol] = rest;
  if (rest.length !== 3 || port?.startsWith('_') !== true || protocol?.startsWith('_') !== true)
    return { type: 'unknown' };
  const chosen = targets
    .map((target) => ({
      ...target,
      ports: target.ports.filter((one) => `_${one.name}` === port && `_${one.protocol.toLowerCase()}` === protocol),
    }))
    .filter(({ ports }) => ports.length > 0);
  return chosen.length === 0 ? { type: 'unknown' } : answer(asked, chosen, type);
}

const clusterTarget = ({ spec }: Service, base: string): Target => ({
  host: base,
  ip: spec.clusterIP ?? '',
  ports: (spec.ports ?? []).map(({ name = '', protocol = 'TCP', port }) => ({ name, protocol, port })),
});

function endpointTargets({ spec }: Service, slices: readonly EndpointSlice[], base: string): readonly Target[] {
  return slices.flatMap(({ endpoints, ports, addressType }) =>
    addressType !== 'IPv4'
      ? []
      : (endpoints ?? [])
          .filter(({ conditions }) => conditions?.ready !== false || spec.publishNotReadyAddresses === true)
          .flatMap(({ addresses, hostname }) =>
            addresses.map((ip) => ({
              host: `${hostname ?? ip.replace(/\./g, '-')}.${base}`,
              ip,
              ports: (ports ?? []).flatMap(({ name = '', protocol = 'TCP', port }) =>
                port === undefined ? [] : [{ name, protocol, port }],
              ),
            })),
          ),
  );
}

function answer(asked: string, targets: readonly Target[], type: DnsType): Lookup {
  if (type === 'A') {
    if (targets.length === 0) return { type: 'unknown' };
    return { type: 'known', records: targets.map(({ ip }) => ({ name: asked, ttl: TTL, type: 'A', ip })) };
  }
  if (type === 'SRV') {
    const pairs = targets.flatMap((target) => target.ports.map((port) => ({ target, port })));
    const weight = pairs.length === 0 ? 100 : Math.max(1, Math.floor(100 / pairs.length));
    return {
      type: 'known',
      records: pairs.map(({ target, port }) => ({
        name: asked,
        ttl: TTL,
        type: 'SRV',
        priority: 0,
        weight,
        port: port.port,
        target: target.host,
      })),
      additionals: targets.map(({ host, ip }) => ({ name: host, ttl: TTL, type: 'A', ip })),
    };
  }
  return { type: 'known', records: [] };
}

function reverse(names: ClusterNames, asked: string, ip: string, type: DnsType): Lookup {
  const found = names.serviceByIp(ip);
  const endpoint = found === undefined ? names.endpointByIp(ip) : undefined;
  const target =
    found !== undefined
      ? `${found.metadata.name}.${found.metadata.namespace ?? ''}.svc.${names.zone}.`
      : endpoint === undefined
        ? undefined
        : `${endpoint.hostname}.${endpoint.slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}.${endpoint.slice.metadata.namespace ?? ''}.svc.${names.zone}.`;
  // The Corefile says `fallthrough in-addr.arpa`.
  if (target === undefined) return { type: 'elsewhere' };
  return {
    type: 'known',
    records: type === 'PTR' ? [{ name: asked, ttl: TTL, type: 'PTR', target }] : [],
  };
}
