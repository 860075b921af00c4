/**
 * Scheduler plugin TaintToleration.
 * Models: filter by NoSchedule and NoExecute taints, score by PreferNoSchedule.
 * Leaves out: NoExecute timing, which the taint-eviction controller owns.
 */
import { toleratesTaint, untoleratedTaint } from '../../apimachinery/pod-status.ts';
import { defaultNormalize, type FilterPlugin, type Refusal, type ScorePlugin } from '../framework.ts';

const HARD = ['NoSchedule', 'NoExecute'];
const REFUSAL: Refusal = {
  plugin: 'TaintToleration',
  reasons: ['node(s) had untolerated taint(s)'],
  resolvable: false,
};

export const taintToleration: FilterPlugin & ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  prepareFilter: ({ pod }) => {
    const tolerations = pod.spec.tolerations ?? [];
    return (node) =>
      node.hasHardTaint && untoleratedTaint(node.taints, tolerations, HARD) !== undefined ? REFUSAL : undefined;
  },
  prepareScore: ({ pod }) => {
    const soft = (pod.spec.tolerations ?? []).filter(
      ({ effect }) => effect === undefined || effect === '' || effect === 'PreferNoSchedule',
    );
    return {
      score: (node) => {
        if (!node.hasSoftTaint) return 0;
        return node.taints.filter(
          (taint) =>
            taint.effect === 'PreferNoSchedule' && !soft.some((toleration) => toleratesTaint(toleration, taint)),
        ).length;
      },
      normalize: (scores) => {
        defaultNormalize(scores, true);
      },
    };
  },
};
