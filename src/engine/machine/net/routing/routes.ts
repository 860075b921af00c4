/** Route choice: longest prefix first, then the lowest metric, then the earliest added (fib_trie). */
import { cidrContains, formatNetwork, formatIpv4, type Cidr } from '../../../../formats/ip.ts';
import type { LinkId } from '../links/link.ts';

export interface Route {
  readonly destination: Cidr;
  readonly type: 'unicast' | 'local' | 'broadcast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw';
  readonly via?: number;
  readonly link?: LinkId;
  readonly source?: number;
  readonly metric: number;
  readonly scope: 'global' | 'link' | 'host';
  readonly protocol: 'kernel' | 'boot' | 'static' | 'dhcp';
  readonly onlink?: boolean;
  /** The number of the table that it was found in, where that is not main. */
  readonly table?: number;
}

/** Better routes first; equal ones stay in the order in which they were added. */
export const compareRoutes = (a: Route, b: Route): number =>
  b.destination.prefixLength - a.destination.prefixLength || a.metric - b.metric;

/** The route of a destination among routes sorted by `compareRoutes`. */
export function chooseRoute(routes: readonly Route[], destination: number): Route | undefined {
  for (const route of routes) if (cidrContains(route.destination, destination)) return route;
  return undefined;
}

/** As `ip route` begins a line: `10.244.1.0/24 via 10.244.1.0`. */
export function describeRoute(route: Route): string {
  const destination =
    route.destination.prefixLength === 0 ? 'default' : formatNetwork(route.destination).replace(/\/32$/, '');
  const type = route.type === 'unicast' ? '' : `${route.type} `;
  return `${type}${destination}${route.via === undefined ? '' : ` via ${formatIpv4(route.via)}`}`;
}
