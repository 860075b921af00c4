/** What queues do to packets, as ping sees it; virtual time. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

test.for([
  {
    given: 'a delay, changed and taken away',
    script:
      'tc qdisc add dev eth0 root netem delay 100ms; tc qdisc add dev eth0 root netem delay 1s; tc qdisc show dev eth0; ping -c1 worker-1 >/dev/null; ping -c1 worker-1 | tail -1; tc qdisc change dev eth0 root netem delay 1.5s 10ms loss 0.5%; tc qdisc show dev eth0; ip link show eth0 | grep -o "qdisc [a-z]*"; tc qdisc del dev eth0 root; ping -c1 worker-1 | tail -1',
    expected: [
      'Error: Exclusivity flag on, cannot modify.',
      'qdisc netem 8001: root refcnt 2 limit 1000 delay 100ms',
      'rtt min/avg/max/mdev = 100.300/100.300/100.300/0.000 ms',
      'qdisc netem 8001: root refcnt 2 limit 1000 delay 1.5s  10ms loss 0.5%',
      'qdisc netem',
      'rtt min/avg/max/mdev = 0.300/0.300/0.300/0.000 ms',
    ],
  },
  {
    given: 'loopback, both ways',
    script:
      'tc qdisc replace dev lo root netem delay 5ms; ping -c1 127.0.0.1 | tail -1; tc qdisc replace dev lo root netem loss 100%; ping -c1 -W1 127.0.0.1 | grep loss; tc qdisc del dev lo root netem',
    expected: [
      'rtt min/avg/max/mdev = 10.040/10.040/10.040/0.000 ms',
      '1 packets transmitted, 0 received, 100% packet loss, time 0ms',
    ],
  },
  {
    given: 'what is not modelled, and who may not',
    script:
      'tc qdisc add dev lo root tbf rate 1mbit; tc qdisc add dev lo root netem corrupt 1%; setpriv --reuid 1000 tc qdisc add dev lo root netem delay 1ms',
    expected: [
      "drydock: 'tc qdisc add tbf' is not simulated",
      "drydock: 'tc qdisc netem corrupt' is not simulated",
      'RTNETLINK answers: Operation not permitted',
    ],
  },
  {
    given: 'loose filtering by the way back: a sender whom no route leads to',
    script:
      'ip netns add a; ip link add va type veth peer name vb netns a; ip addr add 10.9.0.1/24 dev va; ip link set va up; ip -n a link set vb up; ip -n a addr add 10.9.0.2/24 dev vb; ip -n a addr add 10.77.0.2/32 dev vb; ip route del default; ip netns exec a ping -c1 -W1 -I 10.77.0.2 10.9.0.1 | grep loss; iptables -t raw -nvL PREROUTING >/dev/null; ip route add 10.77.0.0/16 dev va; ip netns exec a ping -c1 -W1 -I 10.77.0.2 10.9.0.1 | grep loss',
    expected: [
      '1 packets transmitted, 0 received, 100% packet loss, time 0ms',
      '1 packets transmitted, 1 received, 0% packet loss, time 0ms',
    ],
  },
])('$given', async ({ script, expected }) => {
  const { stdout } = await lab.run(`exec 2>&1; ${script}`);
  expect(stdout.split('\n').slice(0, -1)).toEqual(expected);
});
