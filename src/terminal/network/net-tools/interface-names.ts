/** Names of interfaces as net-tools has them: a link's, or one that an address was given (`eth0:1`). */
import type { AddressFacts, LinkFacts } from '../rtnetlink/link-facts.ts';

/** A link under its own name or an alias, with the address that goes by that name. */
export interface NamedInterface {
  readonly name: string;
  readonly link: LinkFacts;
  readonly address: AddressFacts | undefined;
  readonly alias: boolean;
}

export const linkNameOf = (name: string): string => name.replace(/:.*$/s, '');

/** The interface of a name; an alias may be without an address. */
export function interfaceOf(links: readonly LinkFacts[], name: string): NamedInterface | undefined {
  const link = links.find((each) => each.name === linkNameOf(name));
  if (link === undefined) return undefined;
  const address = link.addresses.find(({ label }) => label === name);
  return { name, link, address, alias: name !== link.name };
}

/** Every link and every alias that has an address, in net-tools' order. */
export function allInterfaces(links: readonly LinkFacts[]): readonly NamedInterface[] {
  return links
    .flatMap((link) => [...new Set([link.name, ...link.addresses.map(({ label }) => label)])])
    .flatMap((name) => interfaceOf(links, name) ?? [])
    .toSorted((a, b) => compareNames(a.name, b.name));
}

/** As strcmp, but numbers by their value. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D/g) ?? []);
  for (let at = 0; ; at += 1) {
    const [x, y] = [left?.[at], right?.[at]];
    if (x === undefined || y === undefined) return (x === undefined ? 0 : 1) - (y === undefined ? 0 : 1);
    const numbers = /\d/.test(x) && /\d/.test(y);
    const order = numbers ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
    if (order !== 0) return order;
  }
}
