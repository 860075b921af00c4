/** The plugins of the default profile, in upstream's order and with upstream's weights. */
import type { Profile } from './cycle.ts';
import { balancedAllocation } from './plugins/balanced-allocation.ts';
import { imageLocality } from './plugins/image-locality.ts';
import { interPodAffinity } from './plugins/inter-pod-affinity.ts';
import { nodeAffinity } from './plugins/node-affinity.ts';
import { nodeName } from './plugins/node-name.ts';
import { nodePorts } from './plugins/node-ports.ts';
import { nodeResourcesFit } from './plugins/node-resources-fit.ts';
import { nodeUnschedulable } from './plugins/node-unschedulable.ts';
import { podTopologySpread } from './plugins/pod-topology-spread.ts';
import { taintToleration } from './plugins/taint-toleration.ts';
import type { SpreadCounts } from './spread-counts.ts';

export function defaultProfile(spread: SpreadCounts): Profile {
  const topology = podTopologySpread(spread);
  return {
    filters: [
      nodeUnschedulable,
      nodeName,
      taintToleration,
      nodeAffinity,
      nodePorts,
      nodeResourcesFit,
      topology,
      interPodAffinity,
    ],
    scorers: [
      taintToleration,
      nodeAffinity,
      nodeResourcesFit,
      topology,
      interPodAffinity,
      balancedAllocation,
      imageLocality,
    ],
  };
}
