import { broadcastOf, formatIpv4, formatNetwork, parseIpv4 } from '../../../../formats/ip.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { RouteSpec, SocketInfo } from '../interface.ts';
import { cidrOf } from '../namespace.ts';
import type { Route } from '../routing/routes.ts';
import { done, type RequestContext } from './context.ts';

export function routeRequest(context: RequestContext): Result<Plain> {
  const { net, namespace, op, args } = context;
  const spec = args.object<RouteSpec>('route');
  switch (op) {
    case 'list': {
      const table = args.text('table') ?? 'main';
      // The kernel lists the main table by destination, the default route first.
      const main = namespace.allRoutes
        .toSorted(
          (a, b) =>
            a.destination.network - b.destination.network ||
            a.destination.prefixLength - b.destination.prefixLength ||
            a.metric - b.metric,
        )
        .map((route) => describe(context, route, 'main'));
      if (table === 'main') return main;
      return table === 'local' ? localRoutes(context) : [...localRoutes(context), ...main];
    }
    case 'get': {
      const destination = parseIpv4(args.text('destination') ?? '');
      if (destination === undefined) return fail('EINVAL');
      const local = namespace.localLink(destination);
      if (local !== undefined)
        return { destination: formatIpv4(destination), type: 'local', device: 'lo', source: formatIpv4(destination) };
      const route = namespace.route(destination);
      if (route === undefined || route.type === 'unreachable')
        return fail(route === undefined ? 'ENETUNREACH' : 'EHOSTUNREACH');
      const source = namespace.sourceFor(route, destination, net.lab.links);
      return {
        ...describe(context, route, 'main'),
        destination: formatIpv4(destination),
        ...(source === undefined ? {} : { source: formatIpv4(source) }),
      };
    }
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

function describe({ net }: RequestContext, route: Route, table: string): { readonly [key: string]: Plain } {
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
    linkDown:
      link !== undefined && link.kind === 'bridge' && ![...link.ports].some((id) => net.lab.links.get(id)?.up === true),
  };
}

function localRoutes({ namespace }: RequestContext): readonly { readonly [key: string]: Plain }[] {
  const routes: { readonly [key: string]: Plain }[] = [];
  for (const link of namespace.links.values()) {
    if (!link.up) continue;
    for (const address of link.addresses) {
      const cidr = cidrOf(address);
      const source = formatIpv4(address.ip);
      const common = {
        table: 'local',
        device: link.name,
        source,
        protocol: 'kernel',
        metric: 0,
        onlink: false,
        linkDown: false,
      };
      if (link.kind === 'loopback')
        routes.push({ ...common, type: 'local', destination: formatNetwork(cidr), scope: 'host' });
      routes.push({ ...common, type: 'local', destination: source, scope: 'host' });
      if (address.prefixLength < 31)
        routes.push({ ...common, type: 'broadcast', destination: formatIpv4(broadcastOf(cidr)), scope: 'link' });
    }
  }
  return routes;
}

/** What `ss` and `netstat` need. */
export function socketRequest({ net, namespace, op }: RequestContext): Result<Plain> {
  if (op !== 'list') return fail('ENOSYS');
  return net.sockets.list(namespace.id).map(describeSocket);
}

function describeSocket({ id, protocol, state, local, peer, owner, receiveQueueBytes, sendQueueBytes }: SocketInfo): {
  readonly [key: string]: Plain;
} {
  const pid = 'external' in owner ? undefined : owner.pid;
  return {
    id,
    protocol,
    state,
    local,
    receiveQueueBytes,
    sendQueueBytes,
    ...(peer === undefined ? {} : { peer }),
    ...(pid === undefined ? {} : { pid }),
  };
}

export function netnsRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const name = args.text('name') ?? '';
  switch (op) {
    case 'self':
      return namespace.id;
    case 'list':
      return net.namespaceNames().map((one) => ({ ...one }));
    case 'id':
      return net.namespaceByName(name) ?? fail('ENOENT');
    case 'add': {
      if (name === '' || name.includes('/')) return fail('EINVAL');
      if (net.namespaceByName(name) !== undefined) return fail('EEXIST');
      const netns = net.createNamespace();
      net.bindNamespaceName(name, netns);
      return netns;
    }
    case 'delete': {
      const netns = net.namespaceByName(name);
      if (netns === undefined) return fail('ENOENT');
      net.unbindNamespaceName(name);
      net.deleteNamespace(netns);
      return null;
    }
    default:
      return fail('ENOSYS');
  }
}
