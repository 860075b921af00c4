/**
 * Links that stand on another one: VLANs, macvlans and ipvlans. A frame that comes in by the lower link is for one of them,
 * by its tag, its hardware address or its IP address.
 * Models: 802.1Q with one tag; macvlan bridge, private, vepa and passthru; ipvlan l2, l3 and l3s.
 * Leaves out: a second tag, macvlan source, flags of ipvlan, broadcasts.
 */
import type { Link, LinkId } from './link.ts';

type Links = ReadonlyMap<LinkId, Link>;

export const lowerOf = (links: Links, { lower }: Link): Link | undefined =>
  lower === undefined ? undefined : links.get(lower);

/** The links that stand on one, in the order in which they were made. */
export const uppersOf = (links: Links, { uppers = [] }: Link): readonly Link[] =>
  uppers.map((id) => links.get(id)).filter((link) => link !== undefined);

export const hasAddress = ({ addresses }: Link, ip: number): boolean => addresses.some((address) => address.ip === ip);

/** Who takes a frame that came in by `lower`; undefined: the link itself, or with a tag nobody. */
export function upperFor(
  links: Links,
  lower: Link,
  frame: { readonly vlan?: number; readonly destination: string; readonly packet: { readonly destination: number } },
): Link | undefined {
  for (const upper of uppersOf(links, lower)) {
    if (upper.kind === 'vlan') {
      if (upper.vlanId === frame.vlan) return upper;
    } else if (frame.vlan !== undefined) continue;
    else if (upper.kind === 'macvlan') {
      if (upper.mac === frame.destination) return upper;
    } else if (lower.mac === frame.destination && hasAddress(upper, frame.packet.destination)) return upper;
  }
  return undefined;
}

/** The neighbours on the same lower link that a link reaches by itself. */
export function siblingsOf(links: Links, link: Link): readonly Link[] {
  const lower = lowerOf(links, link);
  if (lower === undefined || (link.kind === 'macvlan' && link.mode !== 'bridge')) return [];
  return uppersOf(links, lower).filter(
    ({ id, kind, mode, up }) => id !== link.id && kind === link.kind && mode === link.mode && up,
  );
}

/** Whether a hardware address is a link's own or that of one that stands on it. */
export const answersTo = (links: Links, link: Link, mac: string): boolean =>
  link.mac === mac || (link.uppers !== undefined && uppersOf(links, link).some((upper) => upper.mac === mac));
