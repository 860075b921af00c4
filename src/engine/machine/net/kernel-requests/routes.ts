import { broadcastOf, formatIpv4, formatNetwork, parseIpv4 } from '../../../../formats/ip.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { RouteSpec } from '../interface.ts';
import { cidrOf } from '../namespace.ts';
import { hasCarrier } from '../links/link.ts';
import { DEFAULT_POLICY, TABLE } from '../routing/policy.ts';
import type { Route } from '../routing/routes.ts';
import { done, type RequestContext } from './context.ts';

export function routeRequest(context: RequestContext): Result<Plain> {
  const { net, namespace, op, args } = context;
  const spec = args.object<RouteSpec>('route');
  switch (op) {
    case 'list':
      return listRoutes(context, args.number('table') ?? TABLE.main);
    case 'get':
      return getRoute(context);
    case 'add':
    case 'replace':
      return spec === undefined
        ? fail('EINVAL')
        : done(net.addRoute(namespace.id, spec, { replace: op === 'replace' }));
    case 'delete':
      return spec === undefined ? fail('EINVAL') : done(net.deleteRoute(namespace.id, spec));
    default:
      return fail('ENOSYS');
  }
}

/** @param table its number; 0 for all of them. ENOENT where nobody has made it */
function listRoutes(context: RequestContext, table: number): Result<Plain> {
  const { namespace } = context;
  if (table === TABLE.local) return localRoutes(context);
  const routes = table === TABLE.main ? namespace.allRoutes : namespace.tables.get(table);
  if (table !== 0) return routes === undefined ? fail('ENOENT') : describeTable(context, routes, table);
  return [
    ...[...namespace.tables]
      .sort(([a], [b]) => a - b)
      .flatMap(([number, each]) => describeTable(context, each, number)),
    ...describeTable(context, namespace.allRoutes, TABLE.main),
    ...localRoutes(context),
  ];
}

/** The kernel lists a table by destination, the default route first. */
const describeTable = (
  context: RequestContext,
  routes: readonly Route[],
  table: number,
): readonly { readonly [key: string]: Plain }[] =>
  routes
    .toSorted(
      (a, b) =>
        a.destination.network - b.destination.network ||
        a.destination.prefixLength - b.destination.prefixLength ||
        a.metric - b.metric,
    )
    .map((route) => describe(context, route, table));

/** The way of a packet: one that is sent from here, or with `inLink` one that came in. */
function getRoute(context: RequestContext): Result<Plain> {
  const { net, namespace, args } = context;
  const destination = parseIpv4(args.text('destination') ?? '');
  const [from, inLink, outLink] = [args.text('from'), args.text('inLink'), args.text('outLink')];
  const source = from === undefined ? 0 : parseIpv4(from);
  if (destination === undefined || source === undefined) return fail('EINVAL');
  for (const name of [inLink, outLink])
    if (name !== undefined && namespace.linkByName(name) === undefined) return fail('ENODEV');
  if (source !== 0 && inLink === undefined && namespace.localLink(source) === undefined) return fail('ENETUNREACH');
  const route = namespace.routeByPolicy(namespace.policy ?? DEFAULT_POLICY, {
    destination,
    source,
    mark: args.number('mark') ?? 0,
    ...(inLink === undefined ? {} : { inLink }),
    ...(outLink === undefined ? {} : { outLink }),
  });
  if (route === undefined || route.type === 'unreachable')
    return fail(route === undefined && inLink === undefined ? 'ENETUNREACH' : 'EHOSTUNREACH');
  if (inLink !== undefined && route.type !== 'local' && !namespace.forwards) return fail('EHOSTUNREACH');
  const out = outLink === undefined || route.type === 'local' ? undefined : namespace.linkByName(outLink);
  // Who is bound to another link than the route's sends by that one, as if all were near.
  const { via: _, ...near } = route;
  const chosen: Route = out === undefined || out.id === route.link ? route : { ...near, link: out.id };
  const own = from === undefined ? namespace.sourceFor(chosen, destination, net.lab.links) : undefined;
  const { source: __, ...described } = chosen;
  return {
    // The tables local and main are one until somebody changes the rules (fib_unmerge).
    ...describe(context, described, (namespace.policy === undefined ? undefined : route.table) ?? TABLE.main),
    destination: formatIpv4(destination),
    ...(own === undefined ? {} : { source: formatIpv4(own) }),
  };
}

function describe({ net }: RequestContext, route: Route, table: number): { readonly [key: string]: Plain } {
  const link = route.link === undefined ? undefined : net.lab.links.get(route.link);
  return {
    table,
    type: route.type,
    destination:
      route.destination.prefixLength === 0
        ? 'default'
        : route.destination.prefixLength === 32
          ? formatIpv4(route.destination.network)
          : formatNetwork(route.destination),
    ...(route.via === undefined ? {} : { via: formatIpv4(route.via) }),
    ...(link === undefined ? {} : { device: link.name }),
    ...(route.source === undefined ? {} : { source: formatIpv4(route.source) }),
    metric: route.metric,
    scope: route.scope,
    protocol: route.protocol,
    onlink: route.onlink === true,
    linkDown: link !== undefined && !hasCarrier(net.lab.links, link),
  };
}

/** Addresses stay while their link is down; what is sent to all of a network does not. */
function localRoutes({ net, namespace }: RequestContext): readonly { readonly [key: string]: Plain }[] {
  const routes: { readonly [key: string]: Plain }[] = [];
  for (const link of namespace.links.values()) {
    for (const address of link.addresses) {
      const cidr = cidrOf(address);
      const source = formatIpv4(address.ip);
      const common = {
        table: TABLE.local,
        device: link.name,
        source,
        protocol: 'kernel',
        metric: 0,
        onlink: false,
        linkDown: false,
      };
      if (link.kind === 'loopback' && link.up)
        routes.push({ ...common, type: 'local', destination: formatNetwork(cidr), scope: 'host' });
      routes.push({ ...common, type: 'local', destination: source, scope: 'host' });
      if (address.prefixLength < 31 && link.up)
        routes.push({
          ...common,
          type: 'broadcast',
          destination: formatIpv4(broadcastOf(cidr)),
          scope: 'link',
          linkDown: !hasCarrier(net.lab.links, link),
        });
    }
  }
  return routes;
}
