/** tcpdump on a live lab: what passes while something else runs. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

/** Both streams as lines. */
async function lines(lab: LabScripts, script: string): Promise<readonly string[]> {
  return (await lab.run(`exec 2>&1; ${script}`)).stdout.split('\n').slice(0, -1);
}

test('a ping is an ARP question, a request and a reply, when they pass', async () => {
  const lab = await LabScripts.open('kubeadm-3');
  expect(
    await lines(lab, 'tcpdump -i eth0 -nnte -c 4 "arp or icmp" & sleep 0.1; ping -c 1 worker-2 >/dev/null; wait'),
  ).toEqual([
    'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
    'listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
    '08:00:27:a8:38:0a > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 192.168.56.12 tell 192.168.56.10, length 28',
    '08:00:27:a8:38:0c > 08:00:27:a8:38:0a, ethertype ARP (0x0806), length 42: Reply 192.168.56.12 is-at 08:00:27:a8:38:0c, length 28',
    expect.stringMatching(
      /^08:00:27:a8:38:0a > 08:00:27:a8:38:0c, ethertype IPv4 \(0x0800\), length 98: 192\.168\.56\.10 > 192\.168\.56\.12: ICMP echo request, id \d+, seq 1, length 64$/,
    ),
    expect.stringMatching(
      /^08:00:27:a8:38:0c > 08:00:27:a8:38:0a, ethertype IPv4 \(0x0800\), length 98: 192\.168\.56\.12 > 192\.168\.56\.10: ICMP echo reply, id \d+, seq 1, length 64$/,
    ),
    '4 packets captured',
    '4 packets received by filter',
    '0 packets dropped by kernel',
  ]);
});

test('a request over TCP is a handshake, data with its acknowledgements, and two ends', async () => {
  const lab = await LabScripts.open('docker-1');
  await lab.run('docker run -d -p 8080:80 nginx; curl -s 172.17.0.2');
  const output = await lines(
    lab,
    'timeout 3 tcpdump -i docker0 -nnt "tcp port 80 and host 172.17.0.2" 2>/dev/null & sleep 0.1; curl -s 172.17.0.2 >/dev/null; wait',
  );
  expect(output.map((line) => line.replace(/^.*Flags (\[[^\]]+\]).*?(HTTP(?:: .*)?)?$/, '$1 $2').trim())).toEqual([
    '[S]',
    '[S.]',
    '[.]',
    '[P.] HTTP: GET / HTTP/1.1',
    '[.]',
    '[.]',
    '[P.] HTTP: HTTP/1.1 200 OK',
    '[P.] HTTP',
    '[.]',
    '[.]',
    '[.]',
    '[F.]',
    '[.]',
    '[F.]',
  ]);
});

test.for([
  ['src host 192.168.56.11', ['reply']],
  ['icmp and not src 192.168.56.11', ['request']],
  ['dst net 192.168.56.0/24 and (icmp or arp)', ['request', 'reply']],
  ['tcp or udp port 9', []],
] as const)('the filter %s lets through %s', async ([filter, passed]) => {
  const lab = await LabScripts.open('kubeadm-3');
  await lab.run('ping -c1 worker-1');
  const output = await lines(
    lab,
    `timeout 1 tcpdump -i eth0 -nnt '${filter}' 2>/dev/null & sleep 0.1; ping -nc1 192.168.56.11 >/dev/null; wait`,
  );
  expect(output.map((line) => /echo (\w+)/.exec(line)?.[1])).toEqual(passed);
});

const recorded = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, 'recorded', name), 'utf8').trimEnd();

test('a file of packets reads as the real one reads it, filters and their mistakes with it', async () => {
  const lab = await LabScripts.open('docker-1');
  await lab.run(`mkdir /tmp/w; echo ${recorded('lan.pcap.base64')} | base64 -d >/tmp/w/lan.pcap`);
  const rows = recorded('lan.jsonl')
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  expect(await replayCommands(lab, rows, 'cd /tmp/w; bash -c')).toEqual(rows);
});

test('what was captured into a file is what would have been shown', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout } = await lab.run(
    [
      'docker run -d -p 8080:80 nginx >/dev/null; cd /tmp',
      'timeout 3 tcpdump -i docker0 -w a.pcap 2>/dev/null & timeout 3 tcpdump -i docker0 -nvX >a.txt 2>/dev/null & sleep 0.1',
      'ping -c1 172.17.0.2 >/dev/null; curl -s 172.17.0.2 >/dev/null; nc -z 172.17.0.2 81; wait',
      'tcpdump -nvXr a.pcap 2>/dev/null | diff - a.txt && echo same; tcpdump --count -r a.pcap "tcp[tcpflags] & tcp-rst != 0" 2>/dev/null; grep -c incorrect a.txt',
    ].join('\n'),
  );
  expect(stdout).toBe('same\n1 packet\n0\n');
});
