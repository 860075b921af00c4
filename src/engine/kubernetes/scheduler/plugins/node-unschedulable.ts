/** Scheduler plugin NodeUnschedulable. Models: cordoned nodes, and pods that tolerate the taint of one. */
import { toleratesTaint } from '../../apimachinery/pod-status.ts';
import type { FilterPlugin, Refusal } from '../framework.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const REFUSAL: Refusal = { plugin: 'NodeUnschedulable', reasons: ['node(s) were unschedulable'], resolvable: false };

export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  prepareFilter: ({ pod }) => {
    if ((pod.spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, TAINT))) return undefined;
    return (node) => (node.unschedulable ? REFUSAL : undefined);
  },
};
