/** `ip link add`, `set` and `delete`. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, means, refused, type IpCall, type Words } from './call.ts';
import { readBridgeOptions, readKind, readMode, type Members } from './link-kinds.ts';
import { namespaceBy } from './namespace-words.ts';

const request = (process: Process, op: string, args: Members): ReturnType<Process['kernel']> =>
  process.kernel({ subsystem: 'link', op, args });

/** The complaint about a link that is there: about its name, or else. */
const existing = (process: Process, name: string | undefined, otherwise: string): string =>
  readLinks(process).some((link) => link.name === name) ? 'RTNETLINK answers: File exists' : otherwise;

const badValue = (call: IpCall, option: string, value: string): Promise<number> =>
  complain(call, `Error: argument "${value}" is wrong: Invalid "${option}" value\n`, 255);

/** IFNAMSIZ without its end. */
const LONGEST_NAME = 15;

export async function addLink(call: IpCall, words: Words): Promise<number> {
  const { process } = call;
  const common: { name?: string; mac?: string; mtu?: number; device?: string; netns?: number } = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'type') {
      const kind = words.next() ?? '';
      const spec = await readKind(call, kind, common, words);
      if (typeof spec === 'number') return spec;
      if ((common.name ?? '').length > LONGEST_NAME)
        return await complain(call, 'Error: Attribute failed policy validation.', 2);
      const done = request(process, 'add', { spec });
      if (failed(done))
        return await refused(
          call,
          done,
          kind === 'vlan'
            ? { EEXIST: existing(process, common.name, 'Error: 8021q: VLAN device already exists.') }
            : {},
        );
      if (common.netns !== undefined)
        request(process, 'set', { name: spec['name'] ?? '', change: { netns: common.netns } });
      return 0;
    }
    if (word === 'name') common.name = words.next() ?? '';
    else if (word === 'dev') common.name = words.next() ?? '';
    else if (means(word, 'link') && word.length > 1) {
      const device = words.next() ?? '';
      if (!readLinks(process).some((link) => link.name === device))
        return await complain(call, `Cannot find device "${device}"`);
      common.device = device;
    } else if (means(word, 'address') && word.length > 1) common.mac = words.next() ?? '';
    else if (word === 'mtu') {
      const value = words.next() ?? '';
      if (!/^\d+$/.test(value)) return await badValue(call, 'mtu', value);
      common.mtu = Number(value);
    } else if (word === 'netns') {
      const name = words.next() ?? '';
      const netns = namespaceBy(process, name);
      if (netns === undefined)
        return await complain(call, `Error: argument "${name}" is wrong: Invalid "netns" value\n`, 255);
      common.netns = netns;
    } else if (
      ['txqueuelen', 'txqlen', 'qlen', 'index', 'broadcast', 'numtxqueues', 'numrxqueues', 'group', 'alias'].includes(
        word,
      )
    )
      return await complain(call, `drydock: 'ip link add ${word}' is not simulated`);
    else common.name = word;
  }
  return await complain(call, 'Not enough information: "type" argument is required');
}

export async function deleteLink(call: IpCall, words: Words): Promise<number> {
  let name = words.next() ?? '';
  if (name === 'dev' || name === 'name') name = words.next() ?? '';
  if (name === '') return await complain(call, 'Not enough information: "dev" argument is required.', 255);
  const link = readLinks(call.process).find((each) => each.name === name);
  if (link === undefined) return await complain(call, `Cannot find device "${name}"`);
  const done = request(call.process, 'delete', { name });
  return failed(done) ? await refused(call, done) : 0;
}

interface LinkChange {
  up?: boolean;
  mtu?: number;
  mac?: string;
  name?: string;
  master?: string | null;
  netns?: number;
  hairpin?: boolean;
  queueLength?: number;
  flags?: Record<string, boolean>;
}

/** Flags that are set on or off, as `ip link set` names them. */
const FLAG_WORDS: ReadonlyMap<string, string> = new Map([
  ['promisc', 'promiscuous'],
  ['arp', 'arp'],
  ['multicast', 'multicast'],
  ['allmulticast', 'allMulticast'],
]);
const QUEUE_WORDS: readonly string[] = ['txqueuelen', 'qlen', 'txqlen'];

const notOnOrOff = async (call: IpCall, word: string, value: string): Promise<number> =>
  await complain(call, `Error: argument of "${word}" must be "on" or "off", not "${value}"`, 1);

const HARDWARE_ADDRESS = /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i;

/** Settings of links that the model does not have. */
const NOT_SIMULATED_SETTINGS: ReadonlySet<string> = new Set([
  'alias',
  'group',
  'xdp',
  'vf',
  'carrier',
  'trailers',
  'broadcast',
  'nolink_netnsid',
  'addrgenmode',
]);

export async function setLink(call: IpCall, words: Words): Promise<number> {
  const { process } = call;
  const read = await readChange(call, words);
  if (typeof read === 'number') return read;
  const { name, change } = read;
  if (name === undefined) return await complain(call, 'Not enough information: "dev" argument is required.', 255);
  if (!readLinks(process).some((link) => link.name === name))
    return await complain(call, `Cannot find device "${name}"`);
  const done = request(process, 'set', { name, change: { ...change } });
  if (!failed(done)) return 0;
  const wrongMtu = done.errno === 'EINVAL' && change.mtu !== undefined;
  const bound = (change.mtu ?? 0) < 68 ? 'less than device minimum' : 'greater than device maximum';
  // busybox changes these by requests of their own.
  const setting =
    call.flavour !== 'busybox' ? '' : change.up !== undefined ? 'FLAGS' : change.mtu !== undefined ? 'MTU' : '';
  return await refused(call, done, {
    ...(wrongMtu ? { EINVAL: `Error: mtu ${bound}.` } : {}),
    ...(setting === '' ? {} : { EPERM: `SIOCSIF${setting}: ${strerror({ errno: 'EPERM' })}` }),
  });
}

/** What stands after `type KIND`. */
async function readTypeSettings(call: IpCall, words: Words): Promise<Members | number> {
  const kind = words.next() ?? '';
  if (kind === 'bridge') return await readBridgeOptions(call, 'set', words);
  if (kind === 'macvlan' || kind === 'ipvlan') {
    const mode = await readMode(call, 'set', kind, words);
    return typeof mode === 'number' ? mode : mode === undefined ? {} : { mode };
  }
  const option = words.next() ?? '';
  if (kind !== 'bridge_slave' || option !== 'hairpin')
    return await complain(call, `drydock: 'ip link set type ${kind} ${option}' is not simulated`);
  return { hairpin: words.next() === 'on' };
}

/** What the words ask for; a number is the exit code where one of them is wrong. */
async function readChange(
  call: IpCall,
  words: Words,
): Promise<{ readonly name: string | undefined; readonly change: LinkChange } | number> {
  const { process } = call;
  let name: string | undefined;
  const change: LinkChange = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'up' || word === 'down') change.up = word === 'up';
    else if (word === 'mtu') {
      const value = words.next() ?? '';
      if (!/^\d+$/.test(value)) return await badValue(call, 'mtu', value);
      change.mtu = Number(value);
    } else if (word === 'name') change.name = words.next() ?? '';
    else if (word === 'master') {
      const master = words.next() ?? '';
      if (!readLinks(process).some((link) => link.name === master))
        return await complain(call, `Error: argument "${master}" is wrong: Device does not exist\n`, 255);
      change.master = master;
    } else if (word === 'nomaster') change.master = null;
    else if (word === 'netns') {
      const text = words.next() ?? '';
      const netns = namespaceBy(process, text);
      if (netns === undefined)
        return await complain(call, `Error: argument "${text}" is wrong: Invalid "netns" value\n`, 255);
      change.netns = netns;
    } else if (word === 'type') {
      const settings = await readTypeSettings(call, words);
      if (typeof settings === 'number') return settings;
      Object.assign(change, settings);
    } else if (QUEUE_WORDS.includes(word)) {
      const value = words.next() ?? '';
      if (!/^\d+$/.test(value)) return await badValue(call, 'txqueuelen', value);
      change.queueLength = Number(value);
    } else if (FLAG_WORDS.has(word)) {
      const value = words.next() ?? '';
      if (value !== 'on' && value !== 'off') return await notOnOrOff(call, word, value);
      change.flags = { ...change.flags, [FLAG_WORDS.get(word) ?? word]: value === 'on' };
    } else if (NOT_SIMULATED_SETTINGS.has(word))
      return await complain(call, `drydock: 'ip link set ${word}' is not simulated`);
    else if (word === 'dev') name = words.next() ?? '';
    else if (word !== 'name' && means(word, 'address') && word.length > 1) {
      change.mac = words.next() ?? '';
      if (!HARDWARE_ADDRESS.test(change.mac)) return await complain(call, `"${change.mac}" is invalid lladdr.`);
    } else if (name !== undefined)
      return await complain(call, `Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
    else name = word;
  }
  return { name, change };
}
