import { broadcastOf, formatIpv4 } from '../../../../formats/ip.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { LinkChange, LinkFlags, LinkSpec } from '../interface.ts';
import { vlansOf } from '../links/bridge-vlans.ts';
import { lowerOf } from '../links/stacked-links.ts';
import { ARP_FAILURE_US, NEIGHBOUR_CONFIRMED_US } from '../latency.ts';
import { hasCarrier, type Link, type Neighbour } from '../links/link.ts';
import type { Namespace } from '../namespace.ts';
import { networksOf } from '../routing/tunnel-peers.ts';
import { cidrOf } from '../namespace.ts';
import { done, type RequestContext } from './context.ts';

export function linkRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const name = args.text('name') ?? '';
  switch (op) {
    case 'list':
      return [...namespace.links.values()].map((link) => describeLink(net.lab.links, link));
    case 'show': {
      const link = namespace.linkByName(name);
      return link === undefined ? fail('ENODEV') : describeLink(net.lab.links, link);
    }
    case 'add': {
      const spec = args.object<LinkSpec>('spec');
      const added = spec === undefined ? fail('EINVAL') : net.addLink(namespace.id, spec);
      return failed(added) ? added : null;
    }
    case 'set':
      return done(net.changeLink(namespace.id, name, args.object<LinkChange>('change') ?? {}));
    case 'delete':
      return done(net.deleteLink(namespace.id, name));
    default:
      return fail('ENOSYS');
  }
}

/** What `ip -j -d -s link` and `ip -j address` need of a link. */
function describeLink(links: ReadonlyMap<number, Link>, link: Link): { readonly [key: string]: Plain } {
  const peer = link.peer === undefined ? undefined : links.get(link.peer);
  const master = link.master === undefined ? undefined : links.get(link.master);
  return {
    index: link.index,
    name: link.name,
    kind: link.kind,
    mac: link.mac,
    mtu: link.mtu,
    up: link.up,
    carrier: link.up && hasCarrier(links, link),
    ...(peer === undefined || link.kind !== 'veth'
      ? {}
      : { peer: { index: peer.index, netns: peer.netns, name: peer.name } }),
    ...(master === undefined ? {} : { master: master.name, hairpin: link.hairpin === true }),
    ...(link.vxlan === undefined ? {} : { vxlan: { ...link.vxlan, local: formatIpv4(link.vxlan.local) } }),
    ...describeStacking(links, link),
    ...(link.vlanFiltering === undefined ? {} : { vlanFiltering: link.vlanFiltering }),
    ...(link.kind === 'bridge' || master !== undefined ? { vlans: vlansOf(link).map((vlan) => ({ ...vlan })) } : {}),
    addresses: link.addresses.map((address) => ({
      ip: formatIpv4(address.ip),
      prefixLength: address.prefixLength,
      scope: link.kind === 'loopback' ? 'host' : 'global',
      ...(address.label === undefined ? {} : { label: address.label }),
      // Cards and bridges are configured with a broadcast address by what sets them up; by hand only if asked for.
      ...(address.plain === true || address.prefixLength >= 31 || link.kind === 'loopback'
        ? {}
        : { broadcast: formatIpv4(address.broadcast ?? broadcastOf(cidrOf(address))) }),
    })),
    counters: { ...link.counters },
    ...flagsOf(link),
    ...(link.queueLength === undefined ? {} : { queueLength: link.queueLength }),
    ...(link.netem === undefined ? {} : { netem: { ...link.netem } }),
  };
}

/** What a link stands on, and how. */
function describeStacking(links: ReadonlyMap<number, Link>, link: Link): { readonly [key: string]: Plain } {
  const lower = lowerOf(links, link);
  return {
    ...(lower === undefined ? {} : { lower: { index: lower.index, netns: lower.netns, name: lower.name } }),
    ...(link.vlanId === undefined ? {} : { vlanId: link.vlanId }),
    ...(link.mode === undefined ? {} : { mode: link.mode }),
  };
}

/** Flags as they are, of the link's kind or set by somebody. */
function flagsOf({ kind, flags = {} }: Link): { readonly [flag in keyof LinkFlags]-?: boolean } {
  const segment = kind !== 'loopback' && kind !== 'dummy';
  return { promiscuous: false, allMulticast: false, multicast: segment, arp: kind !== 'dummy', ...flags };
}

export function addressRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const link = args.text('link');
  switch (op) {
    case 'list':
      return [...net.addresses(namespace.id, link)];
    case 'add':
      return done(
        net.addAddress(namespace.id, link ?? '', args.text('cidr') ?? '', {
          ...(args.flag('plain') ? { plain: true } : {}),
          ...(args.text('label') === undefined ? {} : { label: args.text('label') ?? '' }),
        }),
      );
    case 'set-broadcast':
      return done(net.setBroadcast(namespace.id, link ?? '', args.text('cidr') ?? '', args.text('broadcast') ?? ''));
    case 'delete':
      return done(net.deleteAddress(namespace.id, link ?? '', args.text('cidr') ?? ''));
    case 'flush': {
      for (const { ip, prefixLength } of net.addresses(namespace.id, link ?? ''))
        net.deleteAddress(namespace.id, link ?? '', `${ip}/${String(prefixLength)}`);
      return namespace.linkByName(link ?? '') === undefined ? fail('ENODEV') : null;
    }
    default:
      return fail('ENOSYS');
  }
}

export function neighbourRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const link = args.text('link') ?? '';
  switch (op) {
    case 'list':
      return [...namespace.neighbours.values(), ...peerNeighbours(namespace)]
        .map((neighbour) => ({
          ip: formatIpv4(neighbour.ip),
          link: net.lab.links.get(neighbour.link)?.name ?? '',
          mac: neighbour.mac,
          state: neighbourState(neighbour, net.lab.nowUs - neighbour.atUs),
        }))
        .filter((neighbour) => link === '' || neighbour.link === link);
    case 'replace':
      return done(net.setNeighbour(namespace.id, link, args.text('ip') ?? '', args.text('mac') ?? ''));
    case 'delete':
      return done(net.deleteNeighbour(namespace.id, link, args.text('ip') ?? ''));
    case 'fdb':
      return [...namespace.links.values()]
        .filter(({ name }) => link === '' || name === link)
        .flatMap((device) => [...describeForwarding(net.lab.links, device), ...peerForwarding(namespace, device)]);
    case 'fdb-replace': {
      const remote = args.text('remote');
      const port = args.text('port');
      return done(
        net.setForwarding(
          namespace.id,
          link,
          args.text('mac') ?? '',
          remote === undefined ? { port: port ?? '' } : { remote },
        ),
      );
    }
    case 'fdb-delete':
      return done(net.deleteForwarding(namespace.id, link, args.text('mac') ?? ''));
    default:
      return fail('ENOSYS');
  }
}

/** What ip calls an entry (include/net/neighbour.h), from how long ago it was confirmed or asked for, µs. */
function neighbourState({ mac, permanent }: Neighbour, ageUs: number): string {
  if (permanent) return 'PERMANENT';
  if (mac === '') return ageUs < ARP_FAILURE_US ? 'INCOMPLETE' : 'FAILED';
  return ageUs < NEIGHBOUR_CONFIRMED_US ? 'REACHABLE' : 'STALE';
}

/** Entries that the shared table of tunnel peers stands for. */
function peerNeighbours({ peers }: Namespace): readonly Neighbour[] {
  if (peers === undefined || peers.writtenOut === true) return [];
  return networksOf(peers).map((ip) => ({
    ip,
    link: peers.link,
    mac: peers.table.peers[String(ip)]?.mac ?? '',
    permanent: true,
    atUs: 0,
  }));
}
function peerForwarding({ peers }: Namespace, device: Link): readonly { readonly [key: string]: Plain }[] {
  if (peers?.link !== device.id || peers.writtenOut === true) return [];
  return networksOf(peers).map((ip) => {
    const peer = peers.table.peers[String(ip)];
    return {
      mac: peer?.mac ?? '',
      device: device.name,
      remote: formatIpv4(peer?.remote ?? 0),
      flags: 'self permanent',
    };
  });
}

function describeForwarding(
  links: ReadonlyMap<number, Link>,
  device: Link,
): readonly { readonly [key: string]: Plain }[] {
  return [...device.forwarding].map(([mac, entry]) =>
    'remote' in entry
      ? { mac, device: device.name, remote: formatIpv4(entry.remote), flags: 'self permanent' }
      : {
          mac,
          device: links.get(entry.port)?.name ?? '',
          master: device.name,
          flags: entry.permanent === true ? 'static' : '',
        },
  );
}
