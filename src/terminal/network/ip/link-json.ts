import type { Plain } from '../../../protocol/plain.ts';
import type { LinkFacts } from '../rtnetlink/link-facts.ts';
import { flagsOf, queueDiscipline, stateOf } from '../rtnetlink/link-facts.ts';
import type { IpCall } from './call.ts';
import type { LinkSurroundings } from './link-text.ts';

/** A link as `ip -j link` shows it; with `addresses` as `ip -j address` does. */
export function linkJson(
  call: IpCall,
  link: LinkFacts,
  { namespaceNumbers, namespaceNames }: LinkSurroundings,
  form: 'link' | 'address',
): Plain {
  const away = link.peer !== undefined && link.peer.name === undefined ? link.peer.netns : undefined;
  const name = away === undefined ? undefined : namespaceNames.get(away);
  const address = addressesJson(link);
  if (call.brief)
    return {
      ...(link.peer === undefined ? {} : peerJson(link)),
      ifname: link.name,
      operstate: stateOf(link),
      ...(form === 'address'
        ? { addr_info: link.addresses.map((each) => ({ local: each.ip, prefixlen: each.prefixLength })) }
        : { address: link.mac, flags: [...flagsOf(link)] }),
    };
  return {
    ifindex: link.index,
    ...(link.peer === undefined ? {} : peerJson(link)),
    ifname: link.name,
    flags: [...flagsOf(link)],
    mtu: link.mtu,
    qdisc: queueDiscipline(link),
    ...(link.master === undefined ? {} : { master: link.master }),
    operstate: stateOf(link),
    ...(form === 'link' ? { linkmode: 'DEFAULT' } : {}),
    group: 'default',
    ...(link.queueLength === 0 ? {} : { txqlen: link.queueLength }),
    ...(call.family === 'any' || form === 'link'
      ? {
          link_type: link.kind === 'loopback' ? 'loopback' : 'ether',
          address: link.mac,
          broadcast: link.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff',
        }
      : {}),
    ...(away === undefined
      ? {}
      : name === undefined
        ? { link_netnsid: namespaceNumbers.get(away) ?? 0 }
        : { link_netns: name }),
    ...(call.details && link.kind !== 'loopback' && link.kind !== 'ethernet' ? { linkinfo: linkInfo(link) } : {}),
    ...(call.statistics > 0 ? { stats64: statistics(link) } : {}),
    ...(form === 'address' ? { addr_info: address } : {}),
  };
}

const peerJson = ({ peer }: LinkFacts): { readonly [key: string]: Plain } =>
  peer?.name === undefined ? { link_index: peer?.index ?? 0 } : { link: peer.name };

const addressesJson = (link: LinkFacts): readonly Plain[] =>
  link.addresses.map(({ ip, prefixLength, scope, broadcast, label, secondary }) => ({
    family: 'inet',
    local: ip,
    prefixlen: prefixLength,
    ...(broadcast === undefined ? {} : { broadcast }),
    scope,
    ...(secondary ? { secondary } : {}),
    label,
    valid_life_time: 4_294_967_295,
    preferred_life_time: 4_294_967_295,
  }));

function linkInfo(link: LinkFacts): Plain {
  const { kind, hairpin, master } = link;
  const data = infoData(link);
  return {
    info_kind: kind,
    ...(data === undefined ? {} : { info_data: data }),
    ...(master === undefined ? {} : { info_slave_kind: 'bridge', info_slave_data: { hairpin } }),
  };
}

/** What a kind has beside its name. */
function infoData({ kind, vxlan, vlanId, mode }: LinkFacts): Plain | undefined {
  switch (kind) {
    case 'vxlan':
      return vxlan === undefined
        ? undefined
        : {
            id: vxlan.number('id'),
            local: vxlan.text('local'),
            link: vxlan.text('device'),
            port: vxlan.number('port'),
            learning: vxlan.flag('learning'),
          };
    case 'vlan':
      return { protocol: '802.1Q', id: vlanId, flags: ['REORDER_HDR'] };
    case 'macvlan':
      return { mode, bcqueuelen: 1000, usedbcqueuelen: 1000 };
    case 'ipvlan':
      return { mode, mode_flag: 'bridge' };
    default:
      return undefined;
  }
}

function statistics({ counters }: LinkFacts): Plain {
  const of = (name: string): number => counters?.number(name) ?? 0;
  return {
    rx: {
      bytes: of('rxBytes'),
      packets: of('rxPackets'),
      errors: 0,
      dropped: of('rxDropped'),
      over_errors: 0,
      multicast: 0,
    },
    tx: {
      bytes: of('txBytes'),
      packets: of('txPackets'),
      errors: 0,
      dropped: of('txDropped'),
      carrier_errors: 0,
      collisions: 0,
    },
  };
}
