/** What happens to routes: adding and deleting them, and the peers of a tunnel, which stand for routes too. */
import { parseCidr, parseIpv4, type Cidr } from '../../../../formats/ip.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { RouteSpec, TunnelPeers } from '../interface.ts';
import type { Lab } from '../lab.ts';
import type { Link } from '../links/link.ts';
import type { Namespace } from '../namespace.ts';
import { TABLE } from './policy.ts';
import { chooseRoute, type Route } from './routes.ts';
import { networksOf, routeTo } from './tunnel-peers.ts';

export class RouteChanges {
  constructor(private readonly lab: Lab) {}

  /** EEXIST where a route of the same rank is there and is not to be replaced. */
  add(namespace: Namespace, spec: RouteSpec, replace: boolean): Result<void> {
    const route = this.#route(namespace, spec);
    if (failed(route)) return route;
    if (route.link !== undefined && route.link === namespace.peers?.link) this.writeOut(namespace);
    const same = (other: Route): boolean =>
      other.destination.network === route.destination.network &&
      other.destination.prefixLength === route.destination.prefixLength &&
      other.metric === route.metric;
    const { table = TABLE.main } = spec;
    const known = namespace.routesOf(table)?.filter(same) ?? [];
    if (known.length > 0) {
      if (!replace) return fail('EEXIST');
      namespace.removeRoutes((other) => known.includes(other));
    }
    namespace.addRoute(route, table);
    return undefined;
  }

  delete(namespace: Namespace, spec: RouteSpec): Result<void> {
    const destination = destinationOf(spec.destination);
    if (destination === undefined) return fail('EINVAL');
    this.writeOut(namespace);
    const via = spec.via === undefined ? undefined : parseIpv4(spec.via);
    const device = spec.device === undefined ? undefined : namespace.linkByName(spec.device)?.id;
    const known = namespace
      .routesOf(spec.table ?? TABLE.main)
      ?.find(
        (route) =>
          route.destination.network === destination.network &&
          route.destination.prefixLength === destination.prefixLength &&
          (via === undefined || route.via === via) &&
          (spec.device === undefined || route.link === device) &&
          (spec.metric === undefined || route.metric === spec.metric),
      );
    if (known === undefined) return fail('ESRCH');
    namespace.removeRoutes((route) => route === known);
    return undefined;
  }

  /** Changes by hand need entries of the namespace's own. */
  writeOut(namespace: Namespace): void {
    const link = namespace.peers === undefined ? undefined : this.lab.links.get(namespace.peers.link);
    if (link !== undefined) namespace.writeOutPeers(link);
  }

  #route(namespace: Namespace, spec: RouteSpec): Result<Route> {
    const destination = destinationOf(spec.destination);
    if (destination === undefined || destination.network !== destination.address) return fail('EINVAL');
    const { metric = 0, protocol = 'boot', type = 'unicast' } = spec;
    if (type !== 'unicast') return { destination, type, metric, scope: 'global', protocol };
    const via = spec.via === undefined ? undefined : parseIpv4(spec.via);
    if (spec.via !== undefined && via === undefined) return fail('EINVAL');
    const gateway =
      via === undefined
        ? undefined
        : (chooseRoute(namespace.tables.get(spec.table ?? TABLE.main) ?? [], via) ?? namespace.route(via));
    const named = spec.device === undefined ? undefined : namespace.linkByName(spec.device);
    if (spec.device !== undefined && named === undefined) return fail('ENODEV');
    const link = named?.id ?? gateway?.link;
    if (link === undefined) return fail(via === undefined ? 'ENODEV' : 'ENETUNREACH');
    // A next hop must be on a link of this host.
    if (via !== undefined && spec.onlink !== true && (gateway === undefined || gateway.via !== undefined))
      return fail('ENETUNREACH');
    if (this.lab.links.get(link)?.up !== true) return fail('ENETDOWN');
    const source = spec.source === undefined ? undefined : parseIpv4(spec.source);
    if (source !== undefined && namespace.localLink(source) === undefined) return fail('EINVAL');
    return {
      destination,
      type,
      link,
      metric,
      protocol,
      scope: spec.scope ?? (via === undefined ? 'link' : 'global'),
      ...(via === undefined ? {} : { via }),
      ...(source === undefined ? {} : { source }),
      ...(spec.onlink === true ? { onlink: true } : {}),
    };
  }

  /** The peers that flannel's agent learnt: one table for all hosts. */
  setTunnelPeers(namespace: Namespace, link: Link, own: string, table: TunnelPeers): Result<void> {
    const cidr = parseCidr(own);
    if (cidr === undefined || link.kind !== 'vxlan') return fail('EINVAL');
    const before = namespace.peers;
    if (before?.table === table) return undefined;
    const next = { link: link.id, own: cidr.network, table };
    if (before?.writtenOut !== true) namespace.peers = next;
    else {
      // Only what differs is touched: what was changed by hand stays so.
      namespace.peers = { ...next, writtenOut: true };
      for (const network of networksOf(before)) {
        if (table.peers[String(network)] !== undefined) continue;
        namespace.removeRoutes(
          (route) => route.link === link.id && route.destination.network === network && route.via === network,
        );
        namespace.neighbours.delete(`${String(link.id)}|${String(network)}`);
      }
      for (const network of networksOf(next)) {
        if (before.table.peers[String(network)] !== undefined) continue;
        namespace.addRoute(routeTo(next, network));
        namespace.addPeer(link, next, network);
      }
    }
    namespace.changed();
    return undefined;
  }
}

const destinationOf = (text: string): Cidr | undefined => parseCidr(text === 'default' ? '0.0.0.0/0' : text);
