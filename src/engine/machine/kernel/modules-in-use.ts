/** Modules that the kernel has loaded by itself because something needs them: a file system, a kind of link, a filter. */
import type { LinkInfo } from '../net/interface.ts';
import type { HostKernel } from './host-kernel.ts';

const OF_LINKS: Readonly<Partial<Record<LinkInfo['kind'], string>>> = {
  bridge: 'bridge',
  veth: 'veth',
  vxlan: 'vxlan',
  dummy: 'dummy',
};
/** What the rules of iptables-nft and the tracking of connections are made of. */
const OF_RULES = [
  'nf_tables',
  'nft_compat',
  'nft_chain_nat',
  'xt_conntrack',
  'xt_MASQUERADE',
  'xt_comment',
  'xt_addrtype',
];

/** Names in the order in which they would come, without what they need themselves. */
export function modulesInUse({ files, network }: HostKernel): readonly string[] {
  const overlays = files.mounts().some(({ type }) => type === 'overlay') ? ['overlay'] : [];
  if (network === undefined) return overlays;
  const links = network.links(network.netns).flatMap(({ kind }) => OF_LINKS[kind] ?? []);
  // Whoever makes a bridge for containers translates their addresses.
  const rules = links.includes('bridge') ? OF_RULES : [];
  return [...new Set([...overlays, ...links, ...rules])];
}
