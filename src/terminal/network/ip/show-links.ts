/** `ip link show` and `ip address show`: one list, two forms. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { iprouteJson } from '../json-writer.ts';
import { flagsOf, fullName, namespaceNames, namespaceNumbers, readLinks, stateOf } from '../link-facts.ts';
import type { LinkFacts } from '../link-facts.ts';
import { complain, means, paint, type IpCall, type Words } from './call.ts';
import { linkJson } from './link-json.ts';
import type { LinkSurroundings } from './link-text.ts';
import { addressLines, counterLines, hardwareLine, headLine, joined, stateColor } from './link-text.ts';

const KINDS: Readonly<Record<string, string>> = { veth: 'veth', bridge: 'bridge', vxlan: 'vxlan', dummy: 'dummy' };

export async function showLinks(call: IpCall, words: Words, form: 'link' | 'address'): Promise<number> {
  const { io, process } = call;
  const links = readLinks(process);
  const surroundings = { links, namespaceNumbers: namespaceNumbers(links), namespaceNames: namespaceNames(process) };
  let shown: readonly LinkFacts[] = links;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'up') shown = shown.filter(({ up }) => up);
    else if (word === 'master') {
      const master = words.next() ?? '';
      if (!links.some(({ name }) => name === master)) return await complain(call, `Device "${master}" does not exist.`);
      shown = shown.filter((link) => link.master === master);
    } else if (word === 'type') {
      const kind = KINDS[words.next() ?? ''] ?? '';
      shown = shown.filter((link) => link.kind === kind);
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
    else if (
      means(word, 'dynamic') ||
      means(word, 'primary') ||
      means(word, 'secondary') ||
      word === 'vrf' ||
      word === 'label'
    ) {
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
  else for (const link of shown) for (const line of linesOf(call, link, surroundings, form)) io.line(line);
  return await io.end(0);
}

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
