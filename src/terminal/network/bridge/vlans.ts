/** `bridge vlan`: the VLANs that a bridge and its ports are in. Leaves out: global options, tunnels, states, statistics. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated, type PlainCall } from '../../system/plain-program.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { readLinks, type LinkFacts } from '../rtnetlink/link-facts.ts';

interface VlanList extends PlainCall {
  readonly json: boolean;
  readonly pretty: boolean;
  /** -compressvlans: neighbours of the same kind are one line. */
  readonly compress: boolean;
}

/** VLANs with the same flags, one after the other. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly flags: readonly string[];
}

export async function showVlans(call: VlanList, words: readonly string[]): Promise<number> {
  const { io, process, json, pretty } = call;
  const device = words[0] === 'dev' ? words[1] : undefined;
  const wanted = words[0] === 'vid' ? Number(words[1]) : undefined;
  const links = readLinks(process);
  if (device !== undefined && !links.some(({ name }) => name === device)) {
    await io.raw(`Cannot find device "${device}"\n`);
    return 255;
  }
  const ports = links
    .filter(({ kind, master, name }) => (kind === 'bridge' || master !== undefined) && (device ?? name) === name)
    .map((link) => ({
      name: link.name,
      ranges: rangesOf(link, call.compress).filter(
        ({ from, to }) => wanted === undefined || (wanted >= from && wanted <= to),
      ),
    }))
    .filter(({ ranges }) => ranges.length > 0);
  if (json) {
    io.out(iprouteJson(ports.map(portJson), pretty));
    return await io.end(0);
  }
  if (ports.length > 0) io.line('port              vlan-id  ');
  for (const { name, ranges } of ports)
    for (const [at, { from, to, flags }] of ranges.entries())
      io.line(
        `${(at === 0 ? name : '').padEnd(16)}  ${[from === to ? String(from) : `${String(from)}-${String(to)}`, ...flags].join(' ')}`,
      );
  return await io.end(0);
}

const portJson = ({ name, ranges }: { readonly name: string; readonly ranges: readonly Range[] }): Plain => ({
  ifname: name,
  vlans: ranges.map(({ from, to, flags }) => ({
    vlan: from,
    ...(to === from ? {} : { vlanEnd: to }),
    ...(flags.length === 0 ? {} : { flags: [...flags] }),
  })),
});

function rangesOf({ vlans }: LinkFacts, compress: boolean): readonly Range[] {
  const ranges: Range[] = [];
  for (const vlan of vlans) {
    const id = vlan.number('id');
    const flags = flagsOf(vlan);
    const last = ranges.at(-1);
    if (compress && last?.to === id - 1 && !flags.includes('PVID') && last.flags.join() === flags.join())
      ranges[ranges.length - 1] = { ...last, to: id };
    else ranges.push({ from: id, to: id, flags });
  }
  return ranges;
}

const flagsOf = (vlan: KernelRecord): readonly string[] => [
  ...(vlan.flag('pvid') ? ['PVID'] : []),
  ...(vlan.flag('untagged') ? ['Egress Untagged'] : []),
];

const LARGEST_VLAN = 4_094;

/** `bridge vlan add` and `delete`. */
export async function changeVlans(call: PlainCall, verb: string, words: readonly string[]): Promise<number> {
  const complain = async (text: string): Promise<number> => {
    await call.io.raw(`${text}\n`);
    return 255;
  };
  let device: string | undefined;
  let ids: string | undefined;
  const marks = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'dev' || word === 'vid') {
      at += 1;
      if (word === 'dev') device = words[at];
      else ids = words[at];
    } else if (['pvid', 'untagged', 'self', 'master'].includes(word)) marks.add(word);
    else return await notSimulated(call.io, `bridge vlan ${verb} ${word}`);
  }
  if (device === undefined || ids === undefined) return await complain('Device and VLAN ID are required arguments.');
  const link = readLinks(call.process).find(({ name }) => name === device);
  if (link === undefined) return await complain(`Cannot find device "${device}"`);
  const [first = NaN, last = first] = ids.split('-').map(Number);
  if (!(first >= 0 && last >= first && last <= LARGEST_VLAN)) return await complain(`Invalid VLAN ID "${ids}"`);
  if (marks.has('pvid') && first !== last) return await complain('pvid cannot be a vlan range');
  // A bridge's own VLANs are asked for with `self`, a port's without it.
  if (link.master === undefined && !marks.has('self'))
    return await complain(`RTNETLINK answers: ${strerror({ errno: 'EOPNOTSUPP' })}`);
  for (let id = first; id <= last; id += 1) {
    const membership = {
      id,
      ...(marks.has('pvid') ? { pvid: true } : {}),
      ...(marks.has('untagged') ? { untagged: true } : {}),
    };
    const change = verb === 'add' ? { joinVlan: membership } : { leaveVlan: id };
    const done = call.process.kernel({ subsystem: 'link', op: 'set', args: { name: device, change } });
    if (failed(done)) return await complain(`RTNETLINK answers: ${strerror(done)}`);
  }
  return 0;
}
