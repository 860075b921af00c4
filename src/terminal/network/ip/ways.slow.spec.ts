/** Ways of packets that links and rules of routing make: whole outputs of scripts, each in namespaces of its own. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
});

/** Two namespaces, NAMEa and NAMEb, with the ends of a pair called u. */
const pair = (name: string): string =>
  `ip netns add ${name}a; ip netns add ${name}b; ip link add u netns ${name}a type veth peer name u netns ${name}b; ip -n ${name}a link set u up; ip -n ${name}b link set u up`;

/** Whether an address answers, in a word. */
const REACHES =
  'reaches() { ip netns exec $1 ping -c1 -W1 $2 >/dev/null 2>&1 && echo "$1 $2 yes" || echo "$1 $2 no"; }';

test.for([
  {
    given: 'frames of two VLANs on one wire',
    script: `${pair('v')}
      for each in 'a 10' 'a 20' 'b 10' 'b 30'; do set -- $each; ip -n v$1 link add link u name u.$2 type vlan id $2; ip -n v$1 link set u.$2 up; done
      ip -n va addr add 10.10.0.1/24 dev u.10; ip -n vb addr add 10.10.0.2/24 dev u.10
      ip -n va addr add 10.20.0.1/24 dev u.20; ip -n vb addr add 10.20.0.2/24 dev u.30
      reaches va 10.10.0.2; reaches va 10.20.0.2; ip -n vb link set u down; ip -n vb -br link show type vlan | cut -c1-21; reaches va 10.10.0.2`,
    expected: [
      'va 10.10.0.2 yes',
      'va 10.20.0.2 no',
      'u.10@u           DOWN',
      'u.30@u           DOWN',
      'va 10.10.0.2 no',
    ],
  },
  {
    given: 'macvlans of one link, which do not reach the link itself',
    script: `${pair('m')}
      for n in 1 2; do ip netns add m$n; ip -n ma link add link u name mv$n type macvlan mode bridge; ip -n ma link set mv$n netns m$n
        ip -n m$n link set mv$n up; ip -n m$n addr add 10.0.0.$n/24 dev mv$n; done
      ip -n ma addr add 10.0.0.11/24 dev u; ip -n mb addr add 10.0.0.12/24 dev u
      reaches m1 10.0.0.2; reaches m1 10.0.0.12; reaches mb 10.0.0.2; reaches m1 10.0.0.11; reaches ma 10.0.0.1
      ip -n m1 link set mv1 type macvlan mode private; reaches m1 10.0.0.2`,
    expected: [
      'm1 10.0.0.2 yes',
      'm1 10.0.0.12 yes',
      'mb 10.0.0.2 yes',
      'm1 10.0.0.11 no',
      'ma 10.0.0.1 no',
      'm1 10.0.0.2 no',
    ],
  },
  {
    given: 'ipvlans of layer 2, which share their hardware address',
    script: `${pair('i')}
      for n in 1 2; do ip netns add i$n; ip -n ia link add link u name iv$n type ipvlan mode l2; ip -n ia link set iv$n netns i$n
        ip -n i$n link set iv$n up; ip -n i$n addr add 10.0.0.$n/24 dev iv$n; done
      ip -n ia addr add 10.0.0.11/24 dev u; ip -n ib addr add 10.0.0.12/24 dev u
      reaches i1 10.0.0.2; reaches i1 10.0.0.12; reaches ib 10.0.0.2; reaches i1 10.0.0.11
      ip -n ib neigh | cut -d' ' -f5 | sort | uniq | wc -l`,
    expected: ['i1 10.0.0.2 yes', 'i1 10.0.0.12 yes', 'ib 10.0.0.2 yes', 'i1 10.0.0.11 no', '1'],
  },
  {
    given: 'ipvlans of layer 3, whose packets take the routes below',
    script: `${pair('l')}
      for n in 1 2; do ip netns add l$n; ip -n la link add link u name iv$n type ipvlan mode l3; ip -n la link set iv$n netns l$n
        ip -n l$n link set iv$n up; ip -n l$n addr add 10.$n.0.1/24 dev iv$n; ip -n l$n route add default dev iv$n; done
      ip -n la addr add 10.0.0.11/24 dev u; ip -n lb addr add 10.0.0.12/24 dev u; ip -n lb route add 10.1.0.0/24 via 10.0.0.11
      reaches l1 10.2.0.1; reaches l1 10.0.0.12; reaches l2 10.0.0.12; ip -n l1 link show iv1 | grep -o NOARP`,
    expected: ['l1 10.2.0.1 yes', 'l1 10.0.0.12 yes', 'l2 10.0.0.12 no', 'NOARP'],
  },
  {
    given: 'a bridge that filters by VLAN',
    script: `ip netns add br; ip -n br link add br0 type bridge vlan_filtering 1; ip -n br link set br0 up
      for n in 1 2 3; do ip netns add f$n; ip link add u netns f$n type veth peer name p$n netns br; ip -n f$n link set u up
        ip -n br link set p$n master br0 up; ip -n f$n addr add 10.0.0.$n/24 dev u; done
      reaches f1 10.0.0.2; for n in 1 3; do ip netns exec br bridge vlan add dev p$n vid 10 pvid untagged; done
      reaches f1 10.0.0.2; reaches f1 10.0.0.3; ip netns exec br bridge vlan del dev p1 vid 1; ip netns exec br bridge vlan add dev p2 vid 20-21
      ip netns exec br bridge vlan; ip netns exec br bridge -c vlan show dev p2; ip -n br -d link show br0 | grep -o "vlan_filtering ."
      ip -n br link set br0 type bridge vlan_filtering 0; reaches f1 10.0.0.2`,
    expected: [
      'f1 10.0.0.2 yes',
      'f1 10.0.0.2 no',
      'f1 10.0.0.3 yes',
      'port              vlan-id  ',
      'br0               1 PVID Egress Untagged',
      'p1                10 PVID Egress Untagged',
      'p2                1 PVID Egress Untagged',
      '                  20',
      '                  21',
      'p3                1 Egress Untagged',
      '                  10 PVID Egress Untagged',
      'port              vlan-id  ',
      'p2                1 PVID Egress Untagged',
      '                  20-21',
      'vlan_filtering 1',
      'f1 10.0.0.2 yes',
    ],
  },
  {
    given: 'rules by source and by mark',
    script: `ip netns add r; for n in 1 2; do ip netns add r$n; ip link add w$n netns r type veth peer name u netns r$n; ip -n r link set w$n up
        ip -n r$n link set u up; ip -n r$n link set lo up; ip -n r addr add 10.$n.0.1/24 dev w$n; ip -n r$n addr add 10.$n.0.2/24 dev u; ip -n r$n addr add 10.9.9.9/32 dev lo; ip netns exec r$n iptables -A INPUT -d 10.9.9.9; done
      ip -n r1 route add 10.2.0.0/24 via 10.1.0.1; ip -n r route add 10.9.9.9 via 10.1.0.2; ip -n r route add 10.9.9.9 via 10.2.0.2 table 7
      way() { for n in 1 2; do ip netns exec r$n iptables -Z; done; ip netns exec r ping -c1 -W1 $* 10.9.9.9 >/dev/null
        for n in 1 2; do ip netns exec r$n iptables -vnxL INPUT | awk -v n=$n 'NR == 3 && $1 > 0 { print "by r" n }'; done; }
      way; ip -n r rule add from 10.2.0.1 lookup 7; way; way -I 10.2.0.1
      ip netns exec r iptables -t mangle -A OUTPUT -p icmp -j MARK --set-mark 3; way; ip -n r rule add fwmark 3 table 7; way; ip -n r2 route add 10.1.0.0/24 via 10.2.0.1; way
      ip -n r rule add to 10.9.9.9 prohibit pref 1; ip -n r route get 10.9.9.9 2>&1`,
    expected: ['by r1', 'by r1', 'by r2', 'by r1', 'by r2', 'RTNETLINK answers: Permission denied'],
  },
  {
    given: 'settings of links: forwarding, rp_filter, proxy_arp, arp_ignore',
    script: `ip netns add s; for n in 1 2; do ip netns add s$n; ip link add w$n netns s type veth peer name u netns s$n; ip -n s link set w$n up; ip -n s$n link set u up
        ip -n s addr add 10.$n.0.1/24 dev w$n; ip -n s$n addr add 10.$n.0.2/24 dev u; ip -n s$n route add default via 10.$n.0.1; done
      set_() { ip netns exec s sysctl -qw net.ipv4.$1; }
      set_ ip_forward=1; reaches s1 10.2.0.2; set_ conf.w2.forwarding=0; reaches s1 10.2.0.2; set_ conf.w1.forwarding=0; set_ conf.w2.forwarding=1; reaches s1 10.2.0.2
      set_ ip_forward=1; reaches s1 10.2.0.2; ip -n s1 addr add 10.7.0.1/32 dev u; ip -n s route add 10.7.0.1 dev w1; ip -n s1 route replace default via 10.1.0.1 src 10.7.0.1
      reaches s1 10.2.0.2; ip -n s route replace 10.7.0.1 dev w2; set_ conf.w1.rp_filter=1; set_ conf.all.rp_filter=0; ip netns exec s sysctl net.ipv4.conf.w1.rp_filter; reaches s1 10.2.0.2
      ip -n s1 route del default; ip -n s1 route add 10.2.0.0/24 dev u src 10.1.0.2; ip -n s2 route replace default via 10.2.0.1; reaches s1 10.2.0.2; set_ conf.w1.proxy_arp=1; reaches s1 10.2.0.2
      ip -n s1 neigh flush all; ip -n s1 route del 10.2.0.0/24; ip -n s1 route add 10.2.0.1 dev u src 10.1.0.2; set_ conf.w1.proxy_arp=0; reaches s1 10.2.0.1; ip -n s1 neigh flush all; set_ conf.w1.arp_ignore=1; reaches s1 10.2.0.1`,
    expected: [
      's1 10.2.0.2 yes',
      's1 10.2.0.2 no',
      's1 10.2.0.2 no',
      's1 10.2.0.2 yes',
      's1 10.2.0.2 yes',
      'net.ipv4.conf.w1.rp_filter = 1',
      's1 10.2.0.2 no',
      's1 10.2.0.2 no',
      's1 10.2.0.2 yes',
      's1 10.2.0.1 yes',
      's1 10.2.0.1 no',
    ],
  },
])('$given', async ({ script, expected }) => {
  const { stdout, stderr } = await lab.run(`${REACHES}\n${script}`);
  expect([stderr, stdout.split('\n').slice(0, -1)]).toEqual(['', expected]);
});
