/** Node selection by labels and fields (kubernetes component-helpers/scheduling/corev1/nodeaffinity). */
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec, StringMap } from './types.ts';

/** Whether a node satisfies a pod's nodeSelector and required node affinity. */
export function matchesPodNodeAffinity(spec: PodSpec, name: string, labels: StringMap): boolean {
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) if (labels[key] !== value) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    required === undefined || required.nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, name, labels))
  );
}

/** Whether a node satisfies all of one term; an empty term matches nothing. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, name: string, labels: StringMap): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  return (
    expressions.every((requirement) => matchesRequirement(requirement, labels[requirement.key])) &&
    fields.every((requirement) =>
      matchesRequirement(requirement, requirement.key === 'metadata.name' ? name : undefined),
    )
  );
}

function matchesRequirement({ operator, values = [] }: NodeSelectorRequirement, actual: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    case 'Gt':
    case 'Lt': {
      if (actual === undefined || !/^-?\d+$/.test(actual) || values.length !== 1) return false;
      const bound = Number(values[0]);
      return operator === 'Gt' ? Number(actual) > bound : Number(actual) < bound;
    }
    default:
      return false;
  }
}
