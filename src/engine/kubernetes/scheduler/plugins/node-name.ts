/** Scheduler plugin NodeName. Models: spec.nodeName set by the author of the pod. */
import type { FilterPlugin, Refusal } from '../framework.ts';

const REFUSAL: Refusal = {
  plugin: 'NodeName',
  reasons: ["node(s) didn't match the requested node name"],
  resolvable: false,
};

export const nodeName: FilterPlugin = {
  name: 'NodeName',
  prepareFilter: ({ pod }) => {
    const wanted = pod.spec.nodeName ?? '';
    return wanted === '' ? undefined : (node) => (node.name === wanted ? undefined : REFUSAL);
  },
};
