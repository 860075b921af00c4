/** One host's network as runtimes, plugins and kernels change it (see `HostNetwork`). */
import { formatIpv4, parseIpv4 } from '../../../formats/ip.ts';
import type { Rule, TableName } from '../../../formats/iptables/rule.ts';
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRequest, Pid } from '../../../protocol/program.ts';
import type {
  HostNetwork,
  LinkChange,
  LinkCounts,
  LinkInfo,
  LinkSpec,
  NetnsId,
  RouteSpec,
  RuleLayer,
  TunnelPeers,
} from './interface.ts';
import { answerKernelRequest } from './kernel-requests/index.ts';
import type { HostRecord, Lab } from './lab.ts';
import type { AddressMarks, Link } from './links/link.ts';
import { LinkChanges } from './links/link-changes.ts';
import type { Namespace } from './namespace.ts';
import { RouteChanges } from './routing/route-changes.ts';
import type { LabSockets } from './sockets/lab-sockets.ts';

export class LabHostNetwork implements HostNetwork {
  readonly #links: LinkChanges;
  readonly #routes: RouteChanges;

  constructor(
    readonly lab: Lab,
    readonly name: string,
    readonly sockets: LabSockets,
  ) {
    this.#links = new LinkChanges(lab);
    this.#routes = new RouteChanges(lab);
  }

  /** Looked up each time: a restore makes new records. */
  get record(): HostRecord {
    const record = this.lab.hosts.get(this.name);
    if (record === undefined) throw new Error(`host ${this.name} is not in the lab`);
    return record;
  }
  get ip(): string {
    return formatIpv4(this.record.ip);
  }
  get netns(): NetnsId {
    return this.record.netns;
  }

  // ---- namespaces

  createNamespace(): NetnsId {
    return this.lab.createNamespace(this.record).id;
  }

  ensureNamespace(netns: NetnsId): void {
    if (this.lab.namespace(netns) === undefined) this.lab.createNamespace(this.record, netns);
  }

  deleteNamespace(netns: NetnsId): void {
    const namespace = this.lab.namespaces.get(netns);
    if (namespace === undefined || netns === this.record.netns) return;
    this.sockets.vanish(netns);
    for (const link of [...namespace.links.values()]) this.#links.remove(link);
    namespace.changed();
    this.lab.namespaces.delete(netns);
    this.lab.hostOfNetns.delete(netns);
    for (const [name, bound] of this.record.names) if (bound === netns) this.record.names.delete(name);
  }

  setResting(netns: NetnsId, awaken: (() => void) | undefined): void {
    if (awaken === undefined) this.lab.resting.delete(netns);
    else this.lab.resting.set(netns, awaken);
  }

  namespaceNames(): readonly { readonly name: string; readonly netns: NetnsId }[] {
    return [...this.record.names].map(([name, netns]) => ({ name, netns }));
  }

  bindNamespaceName(name: string, netns: NetnsId): Result<void> {
    if (this.record.names.has(name)) return fail('EEXIST');
    if (this.lab.namespace(netns) === undefined) return fail('EINVAL');
    this.record.names.set(name, netns);
    return undefined;
  }

  unbindNamespaceName(name: string): Result<void> {
    return this.record.names.delete(name) ? undefined : fail('ENOENT');
  }

  namespaceByName(name: string): NetnsId | undefined {
    return this.record.names.get(name);
  }

  // ---- links and addresses

  links(netns: NetnsId): readonly LinkInfo[] {
    return [...(this.namespace(netns)?.links.values() ?? [])].map((link) => this.#links.info(link));
  }

  link(netns: NetnsId, name: string): LinkInfo | undefined {
    const link = this.namespace(netns)?.linkByName(name);
    return link === undefined ? undefined : this.#links.info(link);
  }

  counters(netns: NetnsId, name: string): LinkCounts | undefined {
    const counters = this.namespace(netns)?.linkByName(name)?.counters;
    return counters === undefined ? undefined : { ...counters };
  }

  addLink(netns: NetnsId, spec: LinkSpec): Result<LinkInfo> {
    const namespace = this.namespace(netns);
    if (namespace === undefined) return fail('EINVAL');
    const link = this.#links.add(namespace, spec);
    return failed(link) ? link : this.#links.info(link);
  }

  changeLink(netns: NetnsId, name: string, change: LinkChange): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => this.#links.change(namespace, link, change));
  }

  deleteLink(netns: NetnsId, name: string): Result<void> {
    return this.#withLink(netns, name, (_, link) => {
      if (link.kind === 'loopback' || link.kind === 'ethernet') return fail('EOPNOTSUPP');
      this.#links.remove(link);
      return undefined;
    });
  }

  addAddress(netns: NetnsId, name: string, cidr: string, marks?: AddressMarks): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => this.#links.addAddress(namespace, link, cidr, marks));
  }

  deleteAddress(netns: NetnsId, name: string, cidr: string): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => this.#links.deleteAddress(namespace, link, cidr));
  }

  setBroadcast(netns: NetnsId, name: string, cidr: string, broadcast: string): Result<void> {
    return this.#withLink(netns, name, (_, link) => this.#links.setBroadcast(link, cidr, broadcast));
  }

  addresses(
    netns: NetnsId,
    name?: string,
  ): readonly { readonly link: string; readonly ip: string; readonly prefixLength: number }[] {
    const found: { link: string; ip: string; prefixLength: number }[] = [];
    for (const link of this.namespace(netns)?.links.values() ?? []) {
      if (name !== undefined && link.name !== name) continue;
      for (const { ip, prefixLength } of link.addresses)
        found.push({ link: link.name, ip: formatIpv4(ip), prefixLength });
      // Names are unique in a namespace.
      if (name !== undefined) break;
    }
    return found;
  }

  // ---- routes, neighbours, forwarding entries

  addRoute(netns: NetnsId, spec: RouteSpec, options: { readonly replace?: boolean } = {}): Result<void> {
    const namespace = this.namespace(netns);
    return namespace === undefined ? fail('EINVAL') : this.#routes.add(namespace, spec, options.replace === true);
  }

  deleteRoute(netns: NetnsId, spec: RouteSpec): Result<void> {
    const namespace = this.namespace(netns);
    return namespace === undefined ? fail('EINVAL') : this.#routes.delete(namespace, spec);
  }

  setTunnelPeers(netns: NetnsId, name: string, own: string, table: TunnelPeers): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => this.#routes.setTunnelPeers(namespace, link, own, table));
  }

  setNeighbour(netns: NetnsId, name: string, ip: string, mac: string): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => {
      const address = parseIpv4(ip);
      if (address === undefined) return fail('EINVAL');
      this.#routes.writeOut(namespace);
      namespace.neighbours.set(`${String(link.id)}|${String(address)}`, {
        ip: address,
        link: link.id,
        mac,
        permanent: true,
        atUs: this.lab.nowUs,
      });
      namespace.changed();
      return undefined;
    });
  }

  deleteNeighbour(netns: NetnsId, name: string, ip: string): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => {
      this.#routes.writeOut(namespace);
      if (!namespace.neighbours.delete(`${String(link.id)}|${String(parseIpv4(ip))}`)) return fail('ENOENT');
      namespace.changed();
      return undefined;
    });
  }

  setForwarding(
    netns: NetnsId,
    name: string,
    mac: string,
    to: { readonly remote: string } | { readonly port: string },
  ): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => {
      if ('remote' in to) {
        const remote = parseIpv4(to.remote);
        if (remote === undefined || link.kind !== 'vxlan') return fail(remote === undefined ? 'EINVAL' : 'EOPNOTSUPP');
        link.forwarding.set(mac, { remote });
      } else {
        const port = namespace.linkByName(to.port);
        if (port === undefined || port.master !== link.id) return fail('EINVAL');
        link.forwarding.set(mac, { port: port.id, atUs: this.lab.nowUs, permanent: true });
      }
      namespace.changed();
      return undefined;
    });
  }

  deleteForwarding(netns: NetnsId, name: string, mac: string): Result<void> {
    return this.#withLink(netns, name, (namespace, link) => {
      this.#routes.writeOut(namespace);
      if (!link.forwarding.delete(mac)) return fail('ENOENT');
      namespace.changed();
      return undefined;
    });
  }

  // ---- sysctls

  sysctl(netns: NetnsId, key: string): string | undefined {
    return this.namespace(netns)?.sysctl(key);
  }

  setSysctl(netns: NetnsId, key: string, value: string): Result<void> {
    const namespace = this.namespace(netns);
    if (namespace === undefined) return fail('EINVAL');
    const done = namespace.setSysctl(key, value);
    if (failed(done)) return done;
    namespace.changed();
    return undefined;
  }

  sysctlsBelow(
    netns: NetnsId,
    prefix: string,
  ): readonly { readonly name: string; readonly type: 'file' | 'directory' }[] {
    return this.namespace(netns)?.sysctlsBelow(prefix) ?? [];
  }

  // ---- netfilter

  addRule(netns: NetnsId, table: TableName, chain: string, rule: Rule, position?: number): Result<void> {
    return this.#withRules(netns, (namespace) => namespace.rules.add(table, chain, rule, position));
  }

  ensureRule(
    netns: NetnsId,
    table: TableName,
    chain: string,
    rule: Rule,
    where: 'first' | 'last' = 'last',
  ): Result<void> {
    return this.#withRules(netns, (namespace) =>
      namespace.rules.contains(table, chain, rule)
        ? undefined
        : namespace.rules.add(table, chain, rule, where === 'first' ? 1 : undefined),
    );
  }

  deleteRule(netns: NetnsId, table: TableName, chain: string, rule: Rule): Result<void> {
    return this.#withRules(netns, (namespace) => namespace.rules.delete(table, chain, rule));
  }

  ensureChain(netns: NetnsId, table: TableName, chain: string): Result<void> {
    return this.#withRules(netns, (namespace) => {
      namespace.rules.ensureChain(table, chain);
      return undefined;
    });
  }

  setChain(netns: NetnsId, table: TableName, chain: string, rules: readonly Rule[] | undefined): Result<void> {
    return this.#withRules(netns, (namespace) => {
      if (rules !== undefined) {
        namespace.rules.setChain(table, chain, rules);
        return undefined;
      }
      const flushed = namespace.rules.flush(table, chain);
      return failed(flushed) ? flushed : namespace.rules.deleteChain(table, chain);
    });
  }

  setPolicy(netns: NetnsId, table: TableName, chain: string, policy: 'ACCEPT' | 'DROP'): Result<void> {
    return this.#withRules(netns, (namespace) => namespace.rules.setPolicy(table, chain, policy));
  }

  setLayer(netns: NetnsId, name: string, layer: RuleLayer | undefined): void {
    const namespace = this.namespace(netns);
    if (namespace === undefined || namespace.rules.layer(name) === layer) return;
    namespace.rules.setLayer(name, layer);
    namespace.changed();
  }

  deleteConntrack(
    netns: NetnsId,
    filter: { readonly protocol?: string; readonly destination?: string; readonly port?: number },
  ): number {
    const namespace = this.namespace(netns);
    const destination = filter.destination === undefined ? undefined : parseIpv4(filter.destination);
    const entries = (namespace?.conntrack.list(this.lab.nowUs) ?? []).filter(
      ({ protocol, original }) =>
        (filter.protocol === undefined || protocol === filter.protocol) &&
        (destination === undefined || original.destination === destination) &&
        (filter.port === undefined || original.destinationPort === filter.port),
    );
    for (const entry of entries) namespace?.conntrack.delete(entry);
    if (entries.length > 0) namespace?.changed();
    return entries.length;
  }

  kernel(
    netns: NetnsId,
    request: KernelRequest,
    caller: { readonly pid: Pid; readonly netAdmin: boolean },
  ): Result<Plain> {
    const namespace = this.namespace(netns);
    return namespace === undefined ? fail('EINVAL') : answerKernelRequest(this, namespace, request, caller);
  }

  // ---- for the requests beside this file

  namespace(netns: NetnsId): Namespace | undefined {
    const namespace = this.lab.namespace(netns);
    return namespace?.host === this.name ? namespace : undefined;
  }

  #withLink(netns: NetnsId, name: string, work: (namespace: Namespace, link: Link) => Result<void>): Result<void> {
    const namespace = this.namespace(netns);
    const link = namespace?.linkByName(name);
    if (namespace === undefined) return fail('EINVAL');
    return link === undefined ? fail('ENODEV') : work(namespace, link);
  }

  #withRules(netns: NetnsId, work: (namespace: Namespace) => Result<void>): Result<void> {
    const namespace = this.namespace(netns);
    if (namespace === undefined) return fail('EINVAL');
    const result = work(namespace);
    namespace.changed();
    return result;
  }
}
