/** Scheduler plugin NodeAffinity. Models: nodeSelector, required and preferred node affinity, matchFields on metadata.name. */
import type { Pod } from '../../apimachinery/types.ts';
import { matchesNodeSelectorTerm, matchesPodNodeAffinity } from '../../apimachinery/node-affinity.ts';
import { defaultNormalize, type FilterPlugin, type Refusal, type ScorePlugin } from '../framework.ts';

const REFUSAL: Refusal = {
  plugin: 'NodeAffinity',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  resolvable: false,
};

export const nodeAffinity: FilterPlugin & ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  prepareFilter: ({ pod }) => {
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (pod.spec.nodeSelector === undefined && required === undefined) return undefined;
    const filter = (node: {
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
    }): Refusal | undefined => (matchesPodNodeAffinity(pod.spec, node.name, node.labels) ? undefined : REFUSAL);
    const onlyNodes = namedNodes(pod);
    return onlyNodes === undefined ? filter : { onlyNodes, filter };
  },
  prepareScore: ({ pod }) => {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    return {
      score: (node) =>
        preferred.reduce(
          (sum, { weight, preference }) =>
            weight !== 0 && matchesNodeSelectorTerm(preference, node.name, node.labels) ? sum + weight : sum,
          0,
        ),
      normalize: (scores) => {
        defaultNormalize(scores, false);
      },
    };
  },
};

/** Nodes named by metadata.name in every term, as a daemon set's pods do. */
function namedNodes(pod: Pod): ReadonlySet<string> | undefined {
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const names = new Set<string>();
  for (const term of terms) {
    const fields = (term.matchFields ?? []).filter((field) => field.key === 'metadata.name' && field.operator === 'In');
    if (fields.length === 0) return undefined;
    for (const field of fields) for (const name of field.values ?? []) names.add(name);
  }
  return terms.length === 0 ? undefined : names;
}
