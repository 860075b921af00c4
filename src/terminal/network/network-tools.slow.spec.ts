/** Network programs on a live lab, whole outputs. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

/** Both streams as lines. */
async function lines(lab: LabScripts, script: string): Promise<readonly string[]> {
  return (await lab.run(`exec 2>&1; ${script}`)).stdout.split('\n').slice(0, -1);
}

test('traceroute shows the routers of the way, by UDP, ICMP and TCP', async () => {
  const lab = await LabScripts.open('kubeadm-3');
  expect(await lines(lab, 'ping -c1 worker-1 >/dev/null; traceroute worker-1; traceroute -nI 192.168.56.1')).toEqual([
    'traceroute to worker-1 (192.168.56.11), 30 hops max, 60 byte packets',
    ' 1  worker-1 (192.168.56.11)  0.300 ms  0.300 ms  0.300 ms',
    'traceroute to 192.168.56.1 (192.168.56.1), 30 hops max, 60 byte packets',
    ' 1  192.168.56.1  0.500 ms  0.300 ms  0.300 ms',
  ]);
  expect(
    await lines(lab, 'traceroute -n 8.8.8.8; traceroute -nT -q 1 -p 6443 127.0.0.1; traceroute -n -m 2 192.168.56.77'),
  ).toEqual([
    'traceroute to 8.8.8.8 (8.8.8.8), 30 hops max, 60 byte packets',
    ' 1  192.168.56.1  0.300 ms !N  0.300 ms !N  0.300 ms !N',
    'traceroute to 127.0.0.1 (127.0.0.1), 30 hops max, 60 byte packets',
    ' 1  127.0.0.1  0.040 ms',
    'traceroute to 192.168.56.77 (192.168.56.77), 2 hops max, 60 byte packets',
    ' 1  192.168.56.10  3000.020 ms !H  3000.020 ms !H  3000.020 ms !H',
  ]);
});

test('ping goes on sending while answers are under way', async () => {
  const lab = await LabScripts.open('kubeadm-3');
  expect(await lines(lab, 'ping -c 3 192.168.56.77; arp -n 192.168.56.77; ip neigh show 192.168.56.77')).toEqual([
    'PING 192.168.56.77 (192.168.56.77) 56(84) bytes of data.',
    'From 192.168.56.10 icmp_seq=1 Destination Host Unreachable',
    'From 192.168.56.10 icmp_seq=2 Destination Host Unreachable',
    'From 192.168.56.10 icmp_seq=3 Destination Host Unreachable',
    '',
    '--- 192.168.56.77 ping statistics ---',
    '3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2000ms',
    'pipe 3',
    'Address                  HWtype  HWaddress           Flags Mask            Iface',
    '192.168.56.77                    (incomplete)                              eth0',
    '192.168.56.77 dev eth0 FAILED ',
  ]);
  expect(await lines(lab, 'ping -c1 -s 3000 -M do worker-1 2>&1 | head -2; ping -q -c2 -i 0.2 worker-1')).toEqual([
    'PING worker-1 (192.168.56.11) 3000(3028) bytes of data.',
    'ping: local error: message too long, mtu=1500',
    'PING worker-1 (192.168.56.11) 56(84) bytes of data.',
    '',
    '--- worker-1 ping statistics ---',
    '2 packets transmitted, 2 received, 0% packet loss, time 200ms',
    'rtt min/avg/max/mdev = 0.300/0.400/0.500/0.100 ms',
  ]);
});

test('two namespaces on a bridge reach each other and, translated, the world', async () => {
  const lab = await LabScripts.open('docker-1');
  const script = [
    'iptables -P FORWARD ACCEPT; sysctl -qw net.ipv4.ip_forward=1',
    'ip link add br0 type bridge; ip addr add 192.168.15.5/24 dev br0; ip link set br0 up',
    ...['red 1', 'blue 2'].flatMap((each) => {
      const [name = '', number = ''] = each.split(' ');
      return [
        `ip netns add ${name}; ip link add veth-${name} type veth peer name br-${name}`,
        `ip link set veth-${name} netns ${name}; ip link set br-${name} master br0 up`,
        `ip -n ${name} addr add 192.168.15.${number}/24 dev veth-${name}; ip -n ${name} link set veth-${name} up`,
      ];
    }),
    'ip netns exec red ping -c1 192.168.15.2 | grep received; ip netns exec blue arp -an; ls /run/netns',
    'ip -n blue route add default via 192.168.15.5; ip netns exec blue ping -c1 -W1 192.168.56.1 | grep received',
    'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 ! -o br0 -j MASQUERADE',
    'ip netns exec blue ping -c1 -W1 192.168.56.1 | grep received; ip netns exec blue traceroute -n 192.168.56.1 | cut -c1-16',
    'nsenter --net=/run/netns/blue ip route; ip netns del red; ip netns',
  ].join('\n');
  expect(await lines(lab, script)).toEqual([
    '1 packets transmitted, 1 received, 0% packet loss, time 0ms',
    expect.stringMatching(/^\? \(192\.168\.15\.1\) at [0-9a-f:]{17} \[ether\] on veth-blue$/),
    'blue',
    'red',
    '1 packets transmitted, 0 received, 100% packet loss, time 0ms',
    '1 packets transmitted, 1 received, 0% packet loss, time 0ms',
    'traceroute to 19',
    ' 1  192.168.15.5',
    ' 2  192.168.56.1',
    'default via 192.168.15.5 dev veth-blue ',
    '192.168.15.0/24 dev veth-blue proto kernel scope link src 192.168.15.2 ',
    'blue (id: 0)',
  ]);
});

test('net-tools change and show routes and links', async () => {
  const lab = await LabScripts.open('docker-1');
  expect(
    await lines(
      lab,
      'route add -net 10.9.0.0/16 gw 192.168.56.1; route -n; route add -net 10.9.0.0/16 gw 192.168.56.1; echo $?; route del -net 10.9.0.0/16; route del -net 10.9.0.0/16',
    ),
  ).toEqual([
    'Kernel IP routing table',
    'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface',
    '0.0.0.0         192.168.56.1    0.0.0.0         UG    0      0        0 eth0',
    '10.9.0.0        192.168.56.1    255.255.0.0     UG    0      0        0 eth0',
    '172.17.0.0      0.0.0.0         255.255.0.0     U     0      0        0 docker0',
    '192.168.56.0    0.0.0.0         255.255.255.0   U     0      0        0 eth0',
    'SIOCADDRT: File exists',
    '7',
    'SIOCDELRT: No such process',
  ]);
  expect(
    await lines(
      lab,
      'ip link add d0 type dummy; ifconfig d0 10.1.1.1 netmask 255.255.255.0; ifconfig d0 | head -3; netstat -tln',
    ),
  ).toEqual([
    'd0: flags=195<UP,BROADCAST,RUNNING,NOARP>  mtu 1500',
    '        inet 10.1.1.1  netmask 255.255.255.0  broadcast 10.1.1.255',
    expect.stringMatching(/^ {8}ether [0-9a-f:]{17} {2}txqueuelen 1000 {2}\(Ethernet\)$/),
    'Active Internet connections (only servers)',
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State      ',
    'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     ',
  ]);
});

test('conntrack shows connections by what is asked of them', async () => {
  const lab = await LabScripts.open('docker-1');
  const script = [
    'ip netns add t; ip -n t link set lo up; ip -n t addr add 10.1.1.1/32 dev lo; ip -n t addr add 10.1.1.2/32 dev lo; ip -n t addr add 10.1.1.3/32 dev lo',
    'inside() { nsenter --net=/run/netns/t "$@"; }; inside iptables -t nat -A OUTPUT -d 10.1.1.3 -j DNAT --to-destination 10.1.1.2',
    'inside ping -c1 -I 10.1.1.1 10.1.1.2 >/dev/null; inside ping -c1 -I 10.1.1.1 10.1.1.3 >/dev/null',
    'count() { inside conntrack -L "$@" 2>/dev/null | wc -l; }',
    'count; count -p icmp; count -p tcp; count -d 10.1.1.3; count -d 10.1.1.0/24; count -g; count -g 10.1.1.2; count -n; count -u SEEN_REPLY; count -u UNREPLIED; count -m 0; count -m 4',
    'inside conntrack -L -o extended -d 10.1.1.3 2>/dev/null | cut -c1-22; inside conntrack -L -o id -d 10.1.1.3 2>/dev/null | grep -c " id=[0-9]*$"',
    'inside conntrack -D -g 2>&1 | tail -1; count',
  ].join('\n');
  expect(await lines(lab, script)).toEqual([
    ...['2', '2', '0', '1', '2', '1', '1', '0', '2', '0', '2', '0'],
    'ipv4     2 icmp     1 ',
    '1',
    'conntrack v1.4.8 (conntrack-tools): 1 flow entries have been deleted.',
    '1',
  ]);
});
