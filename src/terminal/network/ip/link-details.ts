/** What `ip -d link` adds: attributes of the device's kind with the kernel's values for fresh devices. */
import type { LinkFacts } from '../rtnetlink/link-facts.ts';

const QUEUES: Readonly<Record<string, number>> = { veth: 2 };

/** The rest of the hardware line with the lines after it. */
export function detailsText(link: LinkFacts, links: readonly LinkFacts[]): string {
  const port = link.master !== undefined;
  const limits =
    link.kind === 'loopback'
      ? [0, 0]
      : [link.kind === 'vlan' ? 0 : 68, link.kind === 'ethernet' ? 16_110 : link.kind === 'dummy' ? 0 : 65_535];
  const users = (flag: boolean): string => String(Number(port) + Number(flag));
  const head = ` promiscuity ${users(link.promiscuous)}  allmulti ${users(link.allMulticast)} minmtu ${String(limits[0])} maxmtu ${String(limits[1])} `;
  const kind = link.kind === 'loopback' || link.kind === 'ethernet' ? '' : `\n    ${kindText(link)}`;
  const slave = port ? `\n    ${portText(link, links)}` : '';
  const queues = String(QUEUES[link.kind] ?? 1);
  const tso = link.kind === 'vxlan' || link.kind === 'ethernet' ? '65536' : '524280';
  return `${head}${kind}${slave}addrgenmode eui64 numtxqueues ${queues} numrxqueues ${queues} gso_max_size 65536 gso_max_segs 65535 tso_max_size ${tso} tso_max_segs 65535 gro_max_size 65536 `;
}

/** Each byte as %x writes it: without a leading zero. */
const bridgeId = (mac: string): string => `8000.${mac.replace(/\b0(?=[0-9a-f])/g, '')}`;

function kindText(link: LinkFacts): string {
  switch (link.kind) {
    case 'vxlan': {
      const { vxlan } = link;
      const device = vxlan?.optionalText('device');
      return `vxlan id ${String(vxlan?.number('id') ?? 0)} local ${vxlan?.text('local') ?? ''} ${device === undefined || device === '' ? '' : `dev ${device} `}srcport 0 0 dstport ${String(vxlan?.number('port') ?? 0)} ${vxlan?.flag('learning') === true ? '' : 'nolearning '}ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx `;
    }
    case 'bridge':
      return `bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering ${link.vlanFiltering ? '1' : '0'} vlan_protocol 802.1Q bridge_id ${bridgeId(link.mac)} designated_root ${bridgeId(link.mac)} root_port 0 root_path_cost 0 topology_change 0 topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 topology_change_timer    0.00 gc_timer    0.00 vlan_default_pvid 1 vlan_stats_enabled 0 vlan_stats_per_port 0 group_fwd_mask 0 group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 mcast_vlan_snooping 0 mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 mcast_hash_elasticity 16 mcast_hash_max 4096 mcast_last_member_count 2 mcast_startup_query_count 2 mcast_last_member_interval 100 mcast_membership_interval 26000 mcast_querier_interval 25500 mcast_query_interval 12500 mcast_query_response_interval 1000 mcast_startup_query_interval 3124 mcast_stats_enabled 0 mcast_igmp_version 2 mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 nf_call_arptables 0 `;
    case 'vlan':
      return `vlan protocol 802.1Q id ${String(link.vlanId)} <REORDER_HDR> `;
    case 'macvlan':
      return `macvlan mode ${link.mode} bcqueuelen 1000 usedbcqueuelen 1000 `;
    case 'ipvlan':
      return `ipvlan  mode ${link.mode} bridge `;
    default:
      return `${link.kind} `;
  }
}

function portText(link: LinkFacts, links: readonly LinkFacts[]): string {
  const ports = links.filter(({ master }) => master === link.master);
  const number = ports.indexOf(link) + 1;
  const bridge = bridgeId(links.find(({ name }) => name === link.master)?.mac ?? '');
  const hex = (32_768 + number).toString(16);
  return `bridge_slave state ${link.up && link.carrier ? 'forwarding' : 'disabled'} priority 32 cost 2 hairpin ${link.hairpin ? 'on' : 'off'} guard off root_block off fastleave off learning on flood on port_id 0x${hex} port_no 0x${number.toString(16)} designated_port ${String(32_768 + number)} designated_cost 0 designated_bridge ${bridge} designated_root ${bridge} hold_timer    0.00 message_age_timer    0.00 forward_delay_timer    0.00 topology_change_ack 0 config_pending 0 proxy_arp off proxy_arp_wifi off mcast_router 1 mcast_fast_leave off mcast_flood on bcast_flood on mcast_to_unicast off neigh_suppress off group_fwd_mask 0 group_fwd_mask_str 0x0 vlan_tunnel off isolated off locked off `;
}
