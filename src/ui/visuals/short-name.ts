import type { PodView } from '../../protocol/simulation.ts';

const LONGEST = 10;
const CHARACTER_WIDTH = 6.6;

/** A name that fits below a boat: what tells a pod from its neighbours. The whole name is in its tooltip and label. */
export function shortName({ name, node, owner }: Pick<PodView, 'name' | 'node' | 'owner'>): string {
  // Static pods carry their node's name at the end.
  const own =
    node !== '' && name.endsWith(`-${node}`) ? name.slice(0, -node.length - 1).replace(/^kube-/, '') : undefined;
  if (own !== undefined) return own.length > LONGEST ? `${own.slice(0, LONGEST - 1)}…` : own;
  // The band says whose it is: the random end tells it from the others there.
  if (name.length > LONGEST && owner !== '') return name.slice(name.lastIndexOf('-') + 1).slice(-LONGEST);
  return name.length > LONGEST ? `…${name.slice(1 - LONGEST)}` : name;
}

/** `web` of `Deployment/web`, with its namespace where that is neither the learner's own nor the system's. */
export function ownerName({ owner, namespace }: Pick<PodView, 'owner' | 'namespace'>): string {
  const name = owner.slice(owner.indexOf('/') + 1);
  return namespace === 'default' || namespace.startsWith('kube-') ? name : `${namespace}/${name}`;
}

/** How wide a label will be, roughly. */
export const labelWidth = (text: string, characterWidth = CHARACTER_WIDTH): number => text.length * characterWidth;

/** Cuts a label to what fits into so many pixels, roughly. */
export function fitLabel(text: string, width: number, characterWidth = CHARACTER_WIDTH): string {
  const room = Math.max(1, Math.floor(width / characterWidth));
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
