/**
 * VLANs of a bridge that filters by them: which of them a port, or the bridge itself, is in (net/bridge/br_vlan.c).
 * Leaves out: tunnels, statistics, multicast, other default VLANs.
 */
import type { Link } from './link.ts';

export interface VlanMembership {
  readonly id: number;
  /** Frames that come without a tag are of this VLAN. */
  readonly pvid?: true;
  /** Frames of it leave without a tag. */
  readonly untagged?: true;
}

/** What every port begins with. */
const DEFAULT_MEMBERSHIPS: readonly VlanMembership[] = [{ id: 1, pvid: true, untagged: true }];

/** By their numbers. */
export const vlansOf = ({ vlans = DEFAULT_MEMBERSHIPS }: Link): readonly VlanMembership[] => vlans;

/** Puts a link into a VLAN, or changes how it is in it; there is one that frames without a tag are of. */
export function joinVlan(link: Link, membership: VlanMembership): void {
  const others = vlansOf(link)
    .filter(({ id }) => id !== membership.id)
    .map(({ pvid, ...other }) => (pvid === undefined || membership.pvid === true ? other : { ...other, pvid }));
  link.vlans = [...others, membership].sort((a, b) => a.id - b.id);
}

/** False where the link is not in it. */
export function leaveVlan(link: Link, id: number): boolean {
  const left = vlansOf(link).filter((other) => other.id !== id);
  if (left.length === vlansOf(link).length) return false;
  link.vlans = left;
  return true;
}

/** The VLAN of a frame that comes in by a link, with or without a tag; undefined where it may not. */
export function vlanOnEntry(link: Link, tag: number | undefined): number | undefined {
  const found = vlansOf(link).find(({ id, pvid }) => (tag === undefined ? pvid === true : id === tag));
  return found?.id;
}

/** Whether a frame of a VLAN may leave by a link, and with which tag. */
export function tagOnExit(link: Link, vlan: number): { readonly tag: number | undefined } | undefined {
  const found = vlansOf(link).find(({ id }) => id === vlan);
  return found === undefined ? undefined : { tag: found.untagged === true ? undefined : vlan };
}
