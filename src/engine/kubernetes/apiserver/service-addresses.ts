/**
 * Cluster addresses and node ports of Services (kubernetes pkg/registry/core/service). Models: allocation at random, static
 * requests, what an update keeps or releases. Leaves out: IPv6, health-check ports.
 */
import { wholePower } from '../../../formats/power.ts';
import { type Cidr, cidrContains, formatIpv4, nthAddress, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Random } from '../../sim/random.ts';
import { type FieldError, invalid, invalidObject } from '../apimachinery/field-error.ts';
import { type FailureStatus } from '../apimachinery/status.ts';
import type { Service, ServicePort } from '../apimachinery/types.ts';
import type { ResourceInfo } from './registry.ts';
import { asJson } from './selection.ts';
import type { Storage } from './storage.ts';

/** The lower part of the range is left to static requests, as upstream does. */
const STATIC_BAND = 256;
const MAX_TRIES = 10_000;

export interface ServiceRanges {
  readonly cidr: string;
  readonly nodePorts: readonly [first: number, last: number];
}
export const DEFAULT_RANGES: ServiceRanges = { cidr: '10.96.0.0/12', nodePorts: [30_000, 32_767] };

interface Used {
  readonly addresses: ReadonlySet<string>;
  readonly ports: ReadonlySet<number>;
}

export class ServiceAddresses {
  readonly #cidr: Cidr;
  constructor(
    private readonly storage: Storage,
    private readonly random: Random,
    private readonly ranges: ServiceRanges = DEFAULT_RANGES,
  ) {
    const cidr = parseCidr(ranges.cidr);
    if (cidr === undefined) throw new Error(`bad service range ${ranges.cidr}`);
    this.#cidr = cidr;
  }

  /** The Service with addresses and ports given; Invalid where a request cannot be met. */
  allocate(info: ResourceInfo, object: JsonObject, oldObject?: JsonObject): JsonObject | FailureStatus {
    const service = asService(object);
    const old = oldObject === undefined ? undefined : asService(oldObject);
    if (service.spec === undefined) return object;
    const errors: FieldError[] = [];
    const used = this.#used(info, service.metadata.uid);
    let { spec } = service;
    if (spec.type === 'ExternalName') {
      const { clusterIP: _ip, clusterIPs: _ips, ipFamilies: _families, ipFamilyPolicy: _policy, ...rest } = spec;
      spec = rest;
    } else spec = this.#withAddress(spec, old?.spec, used, errors);
    spec = this.#withPorts(spec, old?.spec, used, errors);
    if (errors.length > 0) return invalidObject('Service', '', service.metadata.name, errors);
    return spec === service.spec ? object : asJson({ ...service, spec });
  }

  #withAddress(
    spec: Service['spec'],
    old: Service['spec'] | undefined,
    used: Used,
    errors: FieldError[],
  ): Service['spec'] {
    const families = { ipFamilies: spec.ipFamilies ?? ['IPv4'], ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack' };
    let ip = spec.clusterIP ?? spec.clusterIPs?.[0] ?? '';
    if (ip === '' && old?.clusterIP !== undefined && old.type !== 'ExternalName') ip = old.clusterIP;
    if (ip === 'None')
      return spec.clusterIPs === undefined || spec.ipFamilies === undefined
        ? { ...spec, clusterIP: 'None', clusterIPs: ['None'], ...families }
        : spec;
    if (ip === '') ip = this.#freeAddress(used);
    else if (ip !== old?.clusterIP) {
      const number = parseIpv4(ip);
      if (number === undefined)
        errors.push(invalid('spec.clusterIPs[0]', ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'));
      else if (!cidrContains(this.#cidr, number)) {
        errors.push(
          invalid(
            'spec.clusterIPs',
            [ip],
            `failed to allocate IP ${ip}: the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${this.ranges.cidr}`,
          ),
        );
      } else if (used.addresses.has(ip))
        errors.push(invalid('spec.clusterIPs', [ip], `failed to allocate IP ${ip}: provided IP is already allocated`));
    }
    if (spec.clusterIP === ip && spec.clusterIPs?.[0] === ip && spec.ipFamilies !== undefined) return spec;
    return { ...spec, clusterIP: ip, clusterIPs: [ip], ...families };
  }

  #withPorts(
    spec: Service['spec'],
    old: Service['spec'] | undefined,
    used: Used,
    errors: FieldError[],
  ): Service['spec'] {
    const wanted = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
    const had = old?.type === 'NodePort' || old?.type === 'LoadBalancer';
    const before = new Set((old?.ports ?? []).map(({ nodePort }) => nodePort));
    const taken = new Set<number>();
    let changed = false;
    const ports = (spec.ports ?? []).map((port, index): ServicePort => {
      if (!wanted) {
        // A port that the old type had been given goes with the type.
        if (port.nodePort === undefined || !had || !before.has(port.nodePort)) return port;
        changed = true;
        const { nodePort: _gone, ...rest } = port;
        return rest;
      }
      if (port.nodePort !== undefined && port.nodePort !== 0) {
        this.#checkPort(port.nodePort, index, before, used, errors);
        taken.add(port.nodePort);
        return port;
      }
      changed = true;
      const same = old?.ports?.find(
        (candidate) => candidate.port === port.port && candidate.protocol === port.protocol,
      )?.nodePort;
      const nodePort = same ?? this.#freePort(used, taken);
      taken.add(nodePort);
      return { ...port, nodePort };
    });
    return changed ? { ...spec, ports } : spec;
  }

  #checkPort(
    port: number,
    index: number,
    before: ReadonlySet<number | undefined>,
    used: Used,
    errors: FieldError[],
  ): void {
    const [first, last] = this.ranges.nodePorts;
    const field = `spec.ports[${String(index)}].nodePort`;
    if (before.has(port)) return;
    if (port < first || port > last)
      errors.push(
        invalid(
          field,
          port,
          `provided port is not in the valid range. The range of valid ports is ${String(first)}-${String(last)}`,
        ),
      );
    else if (used.ports.has(port)) errors.push(invalid(field, port, 'provided port is already allocated'));
  }

  #used(info: ResourceInfo, exceptUid: string): Used {
    const addresses = new Set<string>();
    const ports = new Set<number>();
    const store = this.storage.store();
    const range = 'kind' in store ? undefined : store.range(info.prefix);
    if (range !== undefined && !('error' in range)) {
      for (const { value } of range.entries) {
        const { metadata, spec } = asService(value);
        if (metadata.uid === exceptUid) continue;
        if (spec.clusterIP !== undefined) addresses.add(spec.clusterIP);
        for (const { nodePort } of spec.ports ?? []) if (nodePort !== undefined) ports.add(nodePort);
      }
    }
    return { addresses, ports };
  }

  #freeAddress(used: Used): string {
    const stream = this.random.for('apiserver', 'clusterip');
    const size = wholePower(2, 32 - this.#cidr.prefixLength);
    const from = size > 2 * STATIC_BAND ? STATIC_BAND : 2;
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const address = formatIpv4(nthAddress(this.#cidr, from + stream.below(size - from - 1)) ?? 0);
      if (!used.addresses.has(address)) return address;
    }
    return '';
  }

  #freePort(used: Used, taken: ReadonlySet<number>): number {
    const [first, last] = this.ranges.nodePorts;
    const stream = this.random.for('apiserver', 'nodeport');
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const port = first + stream.below(last - first + 1);
      if (!used.ports.has(port) && !taken.has(port)) return port;
    }
    return 0;
  }
}

/** A Service whose schema was checked on the way in. */
const asService = (object: JsonObject): Service => object as unknown as Service;
