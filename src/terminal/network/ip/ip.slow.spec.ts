/** ip beside what iproute2 6.1.0 wrote in a network namespace of its own. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const RECORDED: readonly RecordedCommand[] = [
  { command: 'ip link add d0 address 02:00:00:00:00:01 type veth peer name d9 address 02:00:00:00:00:02' },
  { command: 'ip link set d0 up; ip link set d9 up' },
  { command: 'ip addr add 10.1.1.1/24 dev d0' },
  { command: 'ip addr add 10.1.1.2/24 dev d0 label d0:1' },
  { command: 'ip addr add 10.1.2.4/24 broadcast + dev d0' },
  {
    command: 'ip -4 -c addr show d0',
    stdout:
      '3: \u001b[36md0@d9: \u001b[0m<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state \u001b[32mUP \u001b[0mgroup default qlen 1000\n    inet \u001b[35m10.1.1.1\u001b[0m/24 scope global d0\n       valid_lft forever preferred_lft forever\n    inet \u001b[35m10.1.2.4\u001b[0m/24 brd \u001b[35m10.1.2.255 \u001b[0mscope global d0\n       valid_lft forever preferred_lft forever\n    inet \u001b[35m10.1.1.2\u001b[0m/24 scope global secondary d0:1\n       valid_lft forever preferred_lft forever\n',
  },
  {
    command: 'ip -4 -o addr show d0',
    stdout:
      '3: d0    inet 10.1.1.1/24 scope global d0\\       valid_lft forever preferred_lft forever\n3: d0    inet 10.1.2.4/24 brd 10.1.2.255 scope global d0\\       valid_lft forever preferred_lft forever\n3: d0    inet 10.1.1.2/24 scope global secondary d0:1\\       valid_lft forever preferred_lft forever\n',
  },
  {
    command: 'ip -4 -j addr show d0',
    stdout:
      '[{"ifindex":3,"link":"d9","ifname":"d0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"noqueue","operstate":"UP","group":"default","txqlen":1000,"addr_info":[{"family":"inet","local":"10.1.1.1","prefixlen":24,"scope":"global","label":"d0","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet","local":"10.1.2.4","prefixlen":24,"broadcast":"10.1.2.255","scope":"global","label":"d0","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet","local":"10.1.1.2","prefixlen":24,"scope":"global","secondary":true,"label":"d0:1","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]\n',
  },
  {
    command: 'ip -c -br link show d0',
    stdout:
      '\u001b[36md0@d9            \u001b[0m\u001b[32mUP             \u001b[0m\u001b[33m02:00:00:00:00:01 \u001b[0m<BROADCAST,MULTICAST,UP,LOWER_UP> \n',
  },
  {
    command: 'ip addr del 10.1.1.2 dev d0',
    stderr:
      'Warning: Executing wildcard deletion to stay compatible with old scripts.\n         Explicitly specify the prefix length (10.1.1.2/32) to avoid this warning.\n         This special behaviour is likely to disappear in further releases,\n         fix your scripts!\n',
  },
  { command: 'ip addr del 10.1.2.4/24 dev d0' },
  {
    command: 'ip -c route',
    stdout:
      '\u001b[35m10.1.1.0/24 \u001b[0mdev \u001b[36md0 \u001b[0mproto kernel scope link src \u001b[35m10.1.1.1 \u001b[0m\n',
  },
  {
    command: 'ip -d route get 10.1.1.5',
    stdout: 'unicast 10.1.1.5 dev d0 table main src 10.1.1.1 uid 0 \n    cache \n',
  },
  { command: 'ip route get 10.1.1.1', stdout: 'local 10.1.1.1 dev lo src 10.1.1.1 uid 0 \n    cache <local> \n' },
  { command: 'ip route add blackhole 10.79.0.0/16' },
  { command: 'ip route add prohibit 10.80.0.0/16' },
  { command: 'ip route add unreachable 10.81.0.0/16' },
  { command: 'ip route get 10.79.0.1', stderr: 'RTNETLINK answers: Invalid argument\n', code: 2 },
  { command: 'ip route get 10.80.0.1', stderr: 'RTNETLINK answers: Permission denied\n', code: 2 },
  { command: 'ip route get 10.81.0.1', stderr: 'RTNETLINK answers: No route to host\n', code: 2 },
  { command: 'ip route add 10.77.0.0/16 via 10.1.1.7' },
  { command: 'ip route change 10.77.0.0/16 via 10.1.1.9' },
  {
    command: 'ip route change 10.78.0.0/16 via 10.1.1.9',
    stderr: 'RTNETLINK answers: No such file or directory\n',
    code: 2,
  },
  {
    command: 'ip route',
    stdout:
      '10.1.1.0/24 dev d0 proto kernel scope link src 10.1.1.1 \n10.77.0.0/16 via 10.1.1.9 dev d0 \nblackhole 10.79.0.0/16 \nprohibit 10.80.0.0/16 \nunreachable 10.81.0.0/16 \n',
  },
  { command: 'ip route show table 100', stderr: 'Error: ipv4: FIB table does not exist.\nDump terminated\n', code: 2 },
  {
    command: 'ip route flush table 100',
    stderr: 'Error: ipv4: FIB table does not exist.\nFlush terminated\n',
    code: 2,
  },
  { command: 'ip route flush', stderr: '"ip route flush" requires arguments.\n', code: 1 },
  { command: 'ip route flush 10.77.0.0/16' },
  { command: 'ip route flush type prohibit' },
  {
    command: 'ip route',
    stdout:
      '10.1.1.0/24 dev d0 proto kernel scope link src 10.1.1.1 \nblackhole 10.79.0.0/16 \nunreachable 10.81.0.0/16 \n',
  },
  { command: 'ip neigh add 10.1.1.99 lladdr 02:00:00:00:00:99 dev d0' },
  {
    command: 'ip -c neigh',
    stdout:
      '\u001b[35m10.1.1.99 \u001b[0mdev \u001b[36md0 \u001b[0mlladdr \u001b[33m02:00:00:00:00:99 \u001b[0mPERMANENT \n',
  },
  { command: 'ip neigh get 10.1.1.99 dev d0', stdout: '10.1.1.99 dev d0 lladdr 02:00:00:00:00:99 PERMANENT \n' },
  { command: 'ip neigh get 10.1.1.97 dev d0', stderr: 'Error: Neighbour entry not found.\n', code: 2 },
  { command: 'ip neigh flush', stderr: 'Flush requires arguments.\n', code: 1 },
  { command: 'ip -6 rule', stdout: '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n' },
  { command: 'ip link set d0 name d1' },
  {
    command: 'ip -br link show d1',
    stdout: 'd1@d9            UP             02:00:00:00:00:01 <BROADCAST,MULTICAST,UP,LOWER_UP> \n',
  },
  { command: 'ip link show dev', stderr: 'Command line is not complete. Try option "help"\n', code: 255 },
  { command: 'ip link add x', stderr: 'Not enough information: "type" argument is required\n', code: 1 },
  { command: 'ip addr add 10.1.1.1', stderr: 'Not enough information: "dev" argument is required.\n', code: 1 },
  { command: 'ip addr flush', stderr: 'Flush requires arguments.\n', code: 1 },
  {
    command: 'ip -4 addr show group default dev d1',
    stdout:
      '3: d1@d9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n    inet 10.1.1.1/24 scope global d1\n       valid_lft forever preferred_lft forever\n',
  },
  { command: 'ip netns add', stderr: 'No netns name specified\n', code: 1 },
  {
    command: 'ip netns exec nope ls',
    stderr: 'Cannot open network namespace "nope": No such file or directory\n',
    code: 255,
  },
  {
    command: 'ip -n nope link',
    stderr: 'Cannot open network namespace "nope": No such file or directory\n',
    code: 255,
  },
];

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
});

test('each command in turn, in one namespace', async () => {
  await lab.run('ip netns add own');
  expect(await replayCommands(lab, RECORDED, 'nsenter --net=/run/netns/own bash -c')).toEqual(RECORDED);
});
