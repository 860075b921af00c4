/**
 * What a link's queue does to the packets that it sends (tc-netem(8)).
 * Models: delay, evenly spread jitter, independent loss. Leaves out: correlation, reordering by jitter, a full queue, ARP.
 */
import type { Lab } from '../lab.ts';
import type { Link } from '../links/link.ts';
import type { WalkState } from './state.ts';

/** Delays a packet that leaves by a link; false where it is lost. */
export function passQueue(lab: Lab, link: Link, host: string, state: WalkState): boolean {
  const { netem } = link;
  if (netem === undefined) return true;
  const chance = (): number => lab.simulation.random.for('network', host, 'netem').fraction();
  // Each packet fares otherwise: none is counted by what another met.
  if (state.tally !== undefined && (netem.jitterUs > 0 || netem.loss > 0)) state.tally.repeatable = false;
  const jitter = netem.jitterUs === 0 || !state.commit ? 0 : Math.floor((chance() * 2 - 1) * netem.jitterUs);
  state.latencyUs += Math.max(0, netem.delayUs + jitter);
  return netem.loss === 0 || !state.commit || chance() >= netem.loss;
}
