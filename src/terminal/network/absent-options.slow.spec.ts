/** Options that real network programs have and these have not: refused by name; those that are modelled beside them. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

test.for([
  { command: 'traceroute -F worker-1', refused: 'traceroute -F' },
  { command: 'traceroute --mtu worker-1', refused: 'traceroute --mtu' },
  { command: 'traceroute -i lo worker-1', refused: 'traceroute -i lo' },
  { command: 'tracepath -6 worker-1', refused: 'tracepath -6' },
  { command: 'tcpdump -G 1 -w f', refused: 'tcpdump -G' },
  { command: 'tcpdump -Z root', refused: 'tcpdump -Z' },
  { command: 'ss -f netlink', refused: 'ss -f netlink' },
  { command: 'netstat -s', refused: 'netstat -s' },
  { command: 'conntrack -L -f ipv6', refused: 'conntrack -f ipv6' },
  { command: 'iptables-save -f rules', refused: 'iptables-save -f' },
])('$command', async ({ command, refused }) => {
  expect(await lab.run(command)).toEqual({
    stdout: '',
    stderr: `drydock: '${refused}' is not simulated\n`,
    code: 1,
  });
});

const TO_WORKER = 'traceroute to worker-1 (192.168.56.11), 30 hops max, 60 byte packets';

test.for<{ command: string; stdout?: string; stderr: string; code: number }>([
  {
    command: 'traceroute -i eth9 worker-1',
    stdout: TO_WORKER,
    stderr: '\nsetsockopt SO_BINDTODEVICE: No such device\n',
    code: 1,
  },
  {
    command: 'traceroute -s 1.2.3.4 worker-1',
    stdout: TO_WORKER,
    stderr: '\nbind: Cannot assign requested address\n',
    code: 1,
  },
  { command: 'ss -f nonsense', stderr: 'ss: "nonsense" is invalid family\n', code: 255 },
  { command: 'ss -A nonsense', stderr: 'ss: "nonsense" is illegal socket table id\n', code: 255 },
])('$command is wrong for the real one, too', async ({ command, stdout = '', stderr, code }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr, code });
});

test.for([
  { short: 'ss -tuln', other: 'ss -f inet -ln' },
  { short: 'ss -tln', other: 'ss -lnA tcp' },
  { short: 'ss -tuxa', other: 'ss -a --query=all' },
  { short: 'arp -n', other: 'arp -n -e -H ether' },
])('$other is $short', async ({ short, other }) => {
  const [expected, found] = [await lab.run(short), await lab.run(other)];
  expect(found).toEqual(expected);
  expect(found.code).toBe(0);
});

test('traceroute leaves by the device and address of the route', async () => {
  await lab.run('ping -c1 worker-1');
  expect(await lab.run('traceroute -n -q 1 -N 1 -s 192.168.56.10 worker-1')).toEqual({
    stdout: 'traceroute to worker-1 (192.168.56.11), 30 hops max, 60 byte packets\n 1  192.168.56.11  0.300 ms\n',
    stderr: '',
    code: 0,
  });
});

test('tracepath names hops as it is told', async () => {
  const hop = (name: string): string => ` 1:  ${name.padEnd(52)}  0.300ms reached\n`;
  const shown = async (options: string): Promise<string> => (await lab.run(`tracepath ${options} worker-1`)).stdout;
  const end = '     Resume: pmtu 1000 hops 1 back 1 \n';
  expect([await shown('-l 1000'), await shown('-n -l 1000'), await shown('-b -l 1000')]).toEqual([
    hop('worker-1') + end,
    hop('192.168.56.11') + end,
    hop('worker-1 (192.168.56.11)') + end,
  ]);
});

test('tcpdump takes one direction, with sequence numbers as they are', async () => {
  const script =
    'tcpdump -lnSQ in -c 2 -t tcp port 22 2>/dev/null & sleep 1; nc -z worker-1 22; nc -z worker-1 22; wait';
  const { stdout } = await lab.run(script);
  const lines = stdout.split('\n').filter((line) => line.startsWith('IP '));
  expect(lines.map((line) => line.replace(/\d{6,}/g, 'N').replace(/10\.\d+:/, '10.P:'))).toEqual([
    'IP 192.168.56.11.22 > 192.168.56.10.P: Flags [S.], seq N, ack N, win 65160, options [mss 1460,sackOK,TS val N ecr N,nop,wscale 7], length 0',
    'IP 192.168.56.11.22 > 192.168.56.10.P: Flags [.], ack N, win 502, options [nop,nop,TS val N ecr N], length 0',
  ]);
});

test.for([
  { filter: 'sport = :ssh', ports: ['22'] },
  { filter: 'sport ge :10256 and not src 127.0.0.1', ports: ['10256'] },
  { filter: 'state listening ( sport = :22 or sport = :6443 )', ports: ['22', '6443'] },
  { filter: 'exclude listening', ports: [] },
  { filter: 'src 127.0.0.1:2379', ports: ['2379'] },
])('ss -tanH $filter', async ({ filter, ports }) => {
  const { stdout, stderr } = await lab.run(`ss -tanH '${filter}' | grep -o ':[0-9]* ' | tr -d ': ' | sort -n | uniq`);
  expect([stderr, stdout.split('\n').filter((line) => line !== '')]).toEqual(['', ports]);
});

const NO_ADDRESS = 'Cannot parse dst/src address.\n';

test.for([
  { filter: 'state nonsense', stderr: 'ss: wrong state name: nonsense\n', code: 255 },
  { filter: 'sport = :nope', stderr: `Error: "nope" does not look like a port.\n${NO_ADDRESS}`, code: 1 },
  { filter: 'foo', stderr: `Error: an inet prefix is expected rather than "foo".\n${NO_ADDRESS}`, code: 1 },
])('ss $filter is wrong for the real one, too', async ({ filter, stderr, code }) => {
  expect(await lab.run(`ss -tan ${filter}`)).toEqual({ stdout: '', stderr, code });
});

test('ss tells how many connections each server lets wait', async () => {
  const script =
    'nc -l 7001 & sleep 1; ss -Hltn "sport = :7001 or sport = :22 or sport = :6443" | tr -s " " | cut -d" " -f2-4; kill %1';
  expect((await lab.run(script)).stdout.split('\n').slice(0, -1).toSorted()).toEqual([
    '0 1 0.0.0.0:7001',
    '0 128 0.0.0.0:22',
    '0 4096 0.0.0.0:6443',
  ]);
});
