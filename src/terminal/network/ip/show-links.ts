/** `ip link show` and `ip address show`: one list, two forms. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { flagsOf, fullName, namespaceNames, namespaceNumbers, readLinks, stateOf } from '../rtnetlink/link-facts.ts';
import type { LinkFacts } from '../rtnetlink/link-facts.ts';
import { complain, means, paint, type IpCall, type Words } from './call.ts';
import { linkJson } from './link-json.ts';
import type { LinkSurroundings } from './link-text.ts';
import { addressLines, counterLines, hardwareLine, headLine, joined, stateColor } from './link-text.ts';

const KINDS: readonly string[] = ['veth', 'bridge', 'vxlan', 'dummy', 'vlan', 'macvlan', 'ipvlan'];

type Address = LinkFacts['addresses'][number];
/** What addresses are asked for by; none has been given for a time. */
const ADDRESS_TESTS: readonly (readonly [keyword: string, fits: (address: Address, value: string) => boolean])[] = [
  ['primary', ({ secondary }) => !secondary],
  ['secondary', ({ secondary }) => secondary],
  ['dynamic', () => false],
  ['label', ({ label }, value) => label === value],
];

export async function showLinks(call: IpCall, words: Words, form: 'link' | 'address'): Promise<number> {
  const { io, process } = call;
  const links = readLinks(process);
  const surroundings = { links, namespaceNumbers: namespaceNumbers(links), namespaceNames: namespaceNames(process) };
  let shown: readonly LinkFacts[] = links;
  let byLabel = false;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'up') shown = shown.filter(({ up }) => up);
    else if (word === 'master') {
      const master = words.next() ?? '';
      if (!links.some(({ name }) => name === master)) return await complain(call, `Device "${master}" does not exist.`);
      shown = shown.filter((link) => link.master === master);
    } else if (word === 'type') {
      const kind = words.next() ?? '';
      shown = shown.filter((link) => link.kind === kind && KINDS.includes(kind));
    } else if (word === 'scope' && form === 'address') {
      const scope = words.next() ?? '';
      shown = shown
        .map((link) => ({ ...link, addresses: link.addresses.filter((each) => each.scope === scope) }))
        .filter(({ addresses }) => addresses.length > 0);
    } else if (word === 'to' && form === 'address') {
      const cidr = parseCidr(words.next() ?? '');
      shown = shown
        .map((link) => ({
          ...link,
          addresses: link.addresses.filter(({ ip }) => cidr !== undefined && cidrContains(cidr, parseIpv4(ip) ?? 0)),
        }))
        .filter(({ addresses }) => addresses.length > 0);
    } else if (word === 'nomaster') shown = shown.filter((link) => link.master === undefined);
    else if (word === 'group') {
      if (words.next() !== 'default') shown = [];
    } else if (form === 'address' && word === 'permanent') continue;
    else if (form === 'address' && ADDRESS_TESTS.some(([keyword]) => means(word, keyword))) {
      const fits = ADDRESS_TESTS.find(([keyword]) => means(word, keyword))?.[1];
      const value = word === 'label' ? (words.next() ?? '') : '';
      byLabel ||= word === 'label';
      shown = shown
        .map((link) => ({ ...link, addresses: link.addresses.filter((each) => fits?.(each, value)) }))
        .filter(({ addresses }) => addresses.length > 0);
    } else if (word === 'vrf') {
      return await complain(call, `drydock: 'ip ${form} show ${word}' is not simulated`);
    } else {
      const name = word === 'dev' ? words.next() : word;
      if (name === undefined) return await complain(call, 'Command line is not complete. Try option "help"', 255);
      const link = links.find((each) => each.name === name);
      if (link === undefined) return await complain(call, `Device "${name}" does not exist.`);
      shown = shown.filter((each) => each.name === name);
    }
  }
  if (call.family === 'inet6') shown = shown.map((link) => ({ ...link, addresses: [] }));
  if (call.family !== 'any' && form === 'address') shown = shown.filter(({ addresses }) => addresses.length > 0);
  if (call.json)
    io.out(
      iprouteJson(
        shown.map((link) => linkJson(call, link, surroundings, form)),
        call.pretty,
      ),
    );
  else
    for (const link of shown)
      for (const line of byLabel ? labelledLines(call, link) : linesOf(call, link, surroundings, form)) io.line(line);
  return await io.end(0);
}

/** Addresses asked for by their label stand without their link. */
const labelledLines = (call: IpCall, link: LinkFacts): readonly string[] =>
  addressLines(call, link).flatMap(([first, second]) => [`    ${first}`, second]);

function linesOf(
  call: IpCall,
  link: LinkFacts,
  surroundings: LinkSurroundings,
  form: 'link' | 'address',
): readonly string[] {
  if (call.brief) {
    const state = stateOf(link);
    const head =
      paint(call, 'name', `${fullName(link).padEnd(16)} `) + paint(call, stateColor(state), `${state.padEnd(14)} `);
    return [
      form === 'link'
        ? `${head}${paint(call, 'mac', `${link.mac} `)}<${flagsOf(link).join(',')}> `
        : `${head}${link.addresses.map(({ ip, prefixLength }) => `${paint(call, 'inet', ip)}/${String(prefixLength)} `).join('')}`,
    ];
  }
  const addresses = addressLines(call, link);
  if (form === 'address' && call.oneLine)
    return addresses.map(
      ([first, second]) => `${String(link.index)}: ${link.name}    ${joined(call, [first, second])}`,
    );
  const head = [
    headLine(call, link, form),
    ...(form === 'address' && call.family !== 'any' ? [] : [hardwareLine(call, link, surroundings)]),
  ];
  const counters = call.statistics > 0 ? counterLines(link, call.statistics > 1) : [];
  if (form === 'link') return [joined(call, [...head, ...counters])];
  return [...head, ...addresses.flatMap(([first, second]) => [`    ${first}`, second]), ...counters];
}
