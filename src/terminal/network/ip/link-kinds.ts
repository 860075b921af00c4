/** What `ip link add … type KIND …` makes: the kinds of links with their options. */
import type { Plain } from '../../../protocol/plain.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, type IpCall, type Words } from './call.ts';
import { namespaceBy } from './namespace-words.ts';

export type Members = { readonly [key: string]: Plain };

/** What stands before `type`. */
export interface CommonWords {
  readonly name?: string;
  readonly mac?: string;
  readonly mtu?: number;
  /** The link that the new one stands on, or that its packets leave by. */
  readonly device?: string;
}

/** Kinds that the kernel has and the model has not. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'bond tun tap gre gretap ipip sit wireguard vrf geneve macvtap team ifb vcan nlmon ipvtap macsec hsr xfrm netkit'.split(
    ' ',
  ),
);

/** The link that words describe, as the kernel takes it; a number is the exit code where one of them is wrong. */
export async function readKind(
  call: IpCall,
  kind: string,
  common: CommonWords,
  words: Words,
): Promise<Members | number> {
  switch (kind) {
    case 'bridge':
      return await bridgeSpec(call, common, words);
    case 'dummy':
      return words.peek() === undefined
        ? named(call, 'dummy', common)
        : await complain(call, `drydock: 'ip link add type dummy ${words.peek() ?? ''}' is not simulated`);
    case 'veth':
      return await vethSpec(call, common, words);
    case 'vxlan':
      return await vxlanSpec(call, common, words);
    case 'vlan':
      return await vlanSpec(call, common, words);
    case 'macvlan':
    case 'ipvlan':
      return await sharingSpec(call, kind, common, words);
    default:
      return NOT_SIMULATED.has(kind)
        ? await complain(call, `drydock: 'ip link add type ${kind}' is not simulated`)
        : await complain(call, 'Error: Unknown device type.', 2);
  }
}

const baseOf = (kind: string, { name, mac, mtu }: CommonWords): Members => ({
  kind,
  name: name ?? '',
  ...(mac === undefined ? {} : { mac }),
  ...(mtu === undefined ? {} : { mtu }),
});

/** With the name that the kernel gives where none is given. */
const named = ({ process }: IpCall, kind: string, common: CommonWords): Members =>
  baseOf(kind, {
    ...common,
    name:
      common.name ??
      freshName(
        kind,
        readLinks(process).map(({ name }) => name),
      ),
  });

function freshName(kind: string, names: readonly string[]): string {
  for (let n = 0; ; n += 1) if (!names.includes(`${kind}${String(n)}`)) return `${kind}${String(n)}`;
}

async function bridgeSpec(call: IpCall, common: CommonWords, words: Words): Promise<Members | number> {
  const options = await readBridgeOptions(call, 'add', words);
  return typeof options === 'number' ? options : { ...named(call, 'bridge', common), ...options };
}

/** `vlan_filtering 1`, which is the one of a bridge's many options that does something here. */
export async function readBridgeOptions(call: IpCall, verb: 'add' | 'set', words: Words): Promise<Members | number> {
  let options: Members = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word !== 'vlan_filtering')
      return await complain(call, `drydock: 'ip link ${verb} type bridge ${word}' is not simulated`);
    const value = words.next() ?? '';
    if (value !== '0' && value !== '1')
      return await complain(call, `Error: argument "${value}" is wrong: invalid vlan_filtering\n`, 255);
    options = { vlanFiltering: value === '1' };
  }
  return options;
}

const LARGEST_VLAN = 4_094;

async function vlanSpec(call: IpCall, common: CommonWords, words: Words): Promise<Members | number> {
  let id: number | undefined;
  const bare = words.peek() === undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    const value = words.next() ?? '';
    if (word === 'id') {
      if (!/^\d+$/.test(value) || Number(value) > 0xffff)
        return await complain(call, `Error: argument "${value}" is wrong: id is invalid\n`, 255);
      id = Number(value);
    } else if (word !== 'protocol' || value.toLowerCase() !== '802.1q')
      return await complain(call, `drydock: 'ip link add type vlan ${word}' is not simulated`);
  }
  const problem =
    id === undefined
      ? bare
        ? 'VLAN properties not specified'
        : 'VLAN id not specified'
      : id > LARGEST_VLAN
        ? 'Invalid VLAN id'
        : common.device === undefined
          ? 'link not specified'
          : undefined;
  if (problem !== undefined || id === undefined) return await complain(call, `Error: 8021q: ${problem ?? ''}.`, 2);
  const lower = readLinks(call.process).find(({ name }) => name === common.device);
  if (lower?.kind === 'vlan')
    return await complain(call, "drydock: 'ip link add type vlan' on a VLAN is not simulated");
  return { ...named(call, 'vlan', common), device: common.device ?? '', id };
}

const MODES = {
  macvlan: ['private', 'vepa', 'bridge', 'passthru'],
  ipvlan: ['l2', 'l3', 'l3s'],
} as const;

/** The mode of a macvlan or an ipvlan; a number is the exit code where there is none of that name. */
export async function readMode(
  call: IpCall,
  verb: 'add' | 'set',
  kind: 'macvlan' | 'ipvlan',
  words: Words,
): Promise<string | undefined | number> {
  let mode: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (kind === 'ipvlan' && word === 'bridge') continue;
    const value = word === 'mode' ? words.next() : undefined;
    if (value === undefined || value === 'source')
      return await complain(call, `drydock: 'ip link ${verb} type ${kind} ${word}' is not simulated`);
    mode = MODES[kind].find((each) => each === value);
    if (mode === undefined)
      return await complain(
        call,
        kind === 'macvlan'
          ? `Error: argument of "mode" must be "private", "vepa", "bridge", "passthru" or "source", not "${value}"`
          : 'Error: argument of "mode" must be either "l2", "l3" or "l3s"',
      );
  }
  return mode;
}

async function sharingSpec(
  call: IpCall,
  kind: 'macvlan' | 'ipvlan',
  common: CommonWords,
  words: Words,
): Promise<Members | number> {
  const mode = await readMode(call, 'add', kind, words);
  if (typeof mode === 'number') return mode;
  if (common.device === undefined) return await complain(call, 'RTNETLINK answers: Invalid argument', 2);
  return {
    ...named(call, kind, common),
    device: common.device,
    mode: mode ?? (kind === 'macvlan' ? 'vepa' : 'l3'),
  };
}

async function vethSpec(call: IpCall, common: CommonWords, words: Words): Promise<Members | number> {
  const peer: { name?: string; netns?: number; mac?: string } = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'peer') continue;
    if (word === 'name') peer.name = words.next() ?? '';
    else if (word === 'address') peer.mac = words.next() ?? '';
    else if (word === 'netns') {
      const text = words.next() ?? '';
      const netns = namespaceBy(call.process, text);
      if (netns === undefined)
        return await complain(call, `Error: argument "${text}" is wrong: Invalid "netns" value\n`, 255);
      peer.netns = netns;
    } else peer.name = word;
  }
  const names = readLinks(call.process).map(({ name }) => name);
  // The other end is made first.
  const peerName = peer.name ?? freshName('veth', names);
  const name = common.name ?? freshName('veth', [...names, peerName]);
  return { ...baseOf('veth', { ...common, name }), peer: { ...peer, name: peerName } };
}

async function vxlanSpec(call: IpCall, common: CommonWords, words: Words): Promise<Members | number> {
  let id: number | undefined;
  let port = 8_472;
  let local: string | undefined;
  let under = common.device;
  let learning = true;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'id' || word === 'vni') id = Number(words.next());
    else if (word === 'dstport') port = Number(words.next());
    else if (word === 'local') local = words.next();
    else if (word === 'dev') under = words.next();
    else if (word === 'nolearning') learning = false;
    else if (word !== 'learning')
      return await complain(call, `drydock: 'ip link add type vxlan ${word}' is not simulated`);
  }
  if (id === undefined) return await complain(call, 'vxlan: missing virtual network identifier', 255);
  const links = readLinks(call.process);
  const carrier =
    under === undefined
      ? links.find(({ addresses }) => addresses.some(({ ip }) => ip === local))
      : links.find(({ name }) => name === under);
  if (under !== undefined && carrier === undefined) return await complain(call, `Cannot find device "${under}"`);
  const source = local ?? carrier?.addresses[0]?.ip;
  if (carrier === undefined || source === undefined)
    return await complain(call, "drydock: 'ip link add type vxlan' without dev and local is not simulated");
  return {
    ...named(call, 'vxlan', common),
    id,
    port,
    device: carrier.name,
    local: source,
    learning,
    ...(common.mtu === undefined ? { mtu: carrier.mtu - 50 } : {}),
  };
}
