/** bridge (iproute2 6.1). Leaves out: changes of ports, multicast entries, times of the last use. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { recordsOf } from '../../system/kernel/kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { keywordOf } from '../ip/call.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { changeVlans, showVlans } from './vlans.ts';
import { flagsOf, fullName, readLinks, type LinkFacts } from '../rtnetlink/link-facts.ts';

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
       bridge [ -force ] -batch filename
where  OBJECT := { link | fdb | mdb | vlan | monitor }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                    -o[neline] | -t[imestamp] | -n[etns] name |
                    -c[ompressvlans] -color -p[retty] -j[son] }
`;

/** A list, and how it is asked for. */
interface BridgeCall extends PlainCall {
  readonly json: boolean;
  readonly pretty: boolean;
  readonly details: boolean;
  readonly statistics: boolean;
  readonly compress: boolean;
}

/** Options, each of which may be cut short; -o changes nothing of what is shown here, -c nothing but VLANs, -s nothing of ports. */
const OPTIONS = [
  '-Version',
  '-statistics',
  '-details',
  '-oneline',
  '-timestamp',
  '-netns',
  '-compressvlans',
  '-color',
  '-pretty',
  '-json',
  '-force',
  '-batch',
  '-help',
] as const;
const ABSENT_OPTIONS: readonly string[] = ['-timestamp', '-netns', '-force', '-batch'];

export const bridge = plainProgram('bridge', async (call) => {
  const { io } = call;
  const at = call.args.findIndex((arg) => !arg.startsWith('-'));
  const words = at < 0 ? [] : call.args.slice(at);
  const given: string[] = [];
  for (const arg of call.args.slice(0, at < 0 ? undefined : at)) {
    const option = OPTIONS.find((each) => each.startsWith(arg.replace(/^--/, '-')));
    if (option === undefined)
      return await complain(io, `Option "${arg.replace(/^--/, '-')}" is unknown, try "bridge help".`);
    if (ABSENT_OPTIONS.includes(option)) return await notSimulated(io, `bridge ${arg}`);
    given.push(option);
  }
  if (given.includes('-Version')) {
    io.line('bridge utility, 6.1.0');
    return await io.end(0);
  }
  const [object, verb = 'show', ...rest] = words;
  if (object === undefined || object === 'help' || given.includes('-help')) return await complain(io, USAGE.trimEnd());
  const own: BridgeCall = {
    ...call,
    json: given.includes('-json'),
    pretty: given.includes('-pretty'),
    details: given.includes('-details'),
    statistics: given.includes('-statistics'),
    compress: given.includes('-compressvlans'),
  };
  const kind = keywordOf(object, ['link', 'fdb', 'mdb', 'mst', 'vlan', 'vni', 'monitor', 'help']);
  if (kind === undefined) return await complain(io, `Object "${object}" is unknown, try "bridge help".`);
  return await runObject(own, kind, verb, rest);
});

const VERBS: Readonly<Record<string, readonly string[]>> = {
  link: ['set', 'show', 'lst', 'list', 'help'],
  fdb: ['add', 'append', 'replace', 'delete', 'get', 'show', 'lst', 'list', 'flush', 'help'],
  vlan: ['add', 'delete', 'set', 'show', 'tunnelshow', 'lst', 'list', 'global', 'help'],
};

async function runObject(call: BridgeCall, kind: string, word: string, rest: readonly string[]): Promise<number> {
  const verbs = VERBS[kind];
  const verb = verbs === undefined ? word : keywordOf(word, verbs);
  if (verb === undefined) return await complain(call.io, `Command "${word}" is unknown, try "bridge ${kind} help".`);
  const shows = verb === 'show' || verb === 'list' || verb === 'lst';
  if (kind === 'link' && shows) return await showPorts(call, rest);
  if (kind === 'fdb' && shows) return await showForwarding(call, rest);
  if (kind === 'fdb' && ['add', 'append', 'replace', 'delete'].includes(verb))
    return await changeForwarding(call, verb, rest);
  if (kind === 'vlan' && shows) return await showVlans(call, rest);
  if (kind === 'vlan' && (verb === 'add' || verb === 'delete')) return await changeVlans(call, verb, rest);
  return await notSimulated(call.io, `bridge ${kind} ${word}`);
}

async function complain(io: PlainCall['io'], text: string): Promise<number> {
  await io.raw(`${text}\n`);
  return 255;
}

/** The value after a word of the selection. */
const valueAfter = (words: readonly string[], name: string): string | undefined =>
  words.includes(name) ? words[words.indexOf(name) + 1] : undefined;

/** What a port's record has that is the same for all of them here (net/bridge/br_if.c, new_nbp). */
const PORT_DEFAULTS =
  'hairpin off guard off root_block off fastleave off learning on flood on mcast_flood on bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off vlan_tunnel off isolated off locked off ';

async function showPorts(call: BridgeCall, words: readonly string[]): Promise<number> {
  const { io, process } = call;
  const links = readLinks(process);
  const [device, master] = [valueAfter(words, 'dev'), valueAfter(words, 'master')];
  const lost = [device, master].find((name) => name !== undefined && !links.some((link) => link.name === name));
  if (lost !== undefined) return await complain(io, `Cannot find device "${lost}"`);
  const ports = links.filter(
    (link) =>
      link.master !== undefined && (device ?? link.name) === link.name && (master ?? link.master) === link.master,
  );
  const stateOfPort = (link: LinkFacts): string => (link.up && link.carrier ? 'forwarding' : 'disabled');
  if (call.json && call.details) return await notSimulated(io, 'bridge -json -details link');
  if (call.json)
    io.out(
      iprouteJson(
        ports.map((link) => ({
          ifindex: link.index,
          ...(link.peer === undefined
            ? {}
            : link.peer.name === undefined
              ? { link_index: link.peer.index }
              : { link: link.peer.name }),
          ifname: link.name,
          flags: flagsOf(link),
          mtu: link.mtu,
          master: link.master ?? '',
          state: stateOfPort(link),
          priority: 32,
          cost: 2,
        })),
        call.pretty,
      ),
    );
  else
    for (const link of ports) {
      io.line(
        `${String(link.index)}: ${fullName(link)}: <${flagsOf(link).join(',')}> mtu ${String(link.mtu)} master ${link.master ?? ''} state ${stateOfPort(link)} priority 32 cost 2 `,
      );
      if (call.details) io.line(`    ${PORT_DEFAULTS}`);
    }
  return await io.end(0);
}

async function showForwarding(
  { io, process, json, pretty, statistics }: BridgeCall,
  words: readonly string[],
): Promise<number> {
  if (statistics) return await notSimulated(io, 'bridge -statistics fdb');
  const device = valueAfter(words, 'dev') ?? valueAfter(words, 'brport');
  const master = valueAfter(words, 'br');
  const isThere = (name: string): boolean => readLinks(process).some((link) => link.name === name);
  if (device !== undefined && !isThere(device)) return await complain(io, `Cannot find device "${device}"`);
  if (master !== undefined && !isThere(master)) return await complain(io, `Cannot find bridge device "${master}"`);
  const entries = recordsOf(process.kernel({ subsystem: 'neighbour', op: 'fdb' })).filter(
    (entry) =>
      (device === undefined || entry.text('device') === device) &&
      (master === undefined || entry.text('master') === master),
  );
  if (json)
    io.out(
      iprouteJson(
        entries.map((entry) => ({
          mac: entry.text('mac'),
          ifname: entry.text('device'),
          ...(entry.has('remote') ? { dst: entry.text('remote') } : {}),
          flags: entry.text('flags').includes('self') ? ['self'] : [],
          ...(entry.has('master') ? { master: entry.text('master') } : {}),
          state: entry.text('flags').replace(/self ?/, ''),
        })),
        pretty,
      ),
    );
  else
    for (const entry of entries)
      io.line(
        `${entry.text('mac')} ${device === undefined ? `dev ${entry.text('device')} ` : ''}${entry.has('remote') ? `dst ${entry.text('remote')} ` : ''}${entry.has('master') ? `master ${entry.text('master')} ` : ''}${entry.text('flags')}`,
      );
  return await io.end(0);
}

async function changeForwarding({ io, process }: PlainCall, verb: string, words: readonly string[]): Promise<number> {
  const [mac] = words;
  const link = valueAfter(words, 'dev');
  if (mac === undefined || link === undefined) return await complain(io, 'Device and address are required arguments.');
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(mac)) return await complain(io, `Invalid mac address ${mac}`);
  const found = readLinks(process).find(({ name }) => name === link);
  if (found === undefined) return await complain(io, `Cannot find device "${link}"`);
  const remote = valueAfter(words, 'dst');
  const absent = words.find((word) =>
    ['dynamic', 'vlan', 'port', 'vni', 'via', 'nhid', 'sticky', 'extern_learn', 'use', 'router'].includes(word),
  );
  if (absent !== undefined) return await notSimulated(io, `bridge fdb ${verb} ${absent}`);
  const ofBridge = remote === undefined && found.master !== undefined && words.includes('master');
  if (!ofBridge && remote === undefined && found.kind !== 'vxlan' && found.kind !== 'bridge')
    return await notSimulated(io, `bridge fdb ${verb} dev ${link} self`);
  const done = process.kernel({
    subsystem: 'neighbour',
    op: verb === 'delete' ? 'fdb-delete' : 'fdb-replace',
    args: ofBridge
      ? { link: found.master, mac, port: link }
      : { link, mac, ...(remote === undefined ? {} : { remote }) },
  });
  return failed(done) ? await complain(io, `RTNETLINK answers: ${strerror(done)}`) : 0;
}
