/** What kinds with a pod template have in common: their last columns and the scale subresource. */
import type { ApiObject, Container, LabelSelector, Pod } from '../../apimachinery/types.ts';
import type { Cell, Column, RowContext, Strategy } from '../strategy.ts';
import { AGE, SELECTOR, age, containerImages, containerNames, selectorText, text } from './columns.ts';

const CONTAINERS = text('Containers', 1);
const IMAGES = text('Images', 1);

/** Age and, with `-o wide`, containers and images. */
export const TEMPLATE_COLUMNS: readonly Column[] = [AGE, CONTAINERS, IMAGES];
/** The same and the selector. */
export const WORKLOAD_COLUMNS: readonly Column[] = [...TEMPLATE_COLUMNS, SELECTOR];

export const templateCells = (
  object: ApiObject,
  containers: readonly Container[],
  context: RowContext,
): readonly Cell[] => [age(object, context), containerNames(containers), containerImages(containers)];

interface Workload extends ApiObject {
  readonly spec: { readonly selector?: LabelSelector; readonly template: { readonly spec: Pod['spec'] } };
}
export const workloadCells = (workload: Workload, context: RowContext): readonly Cell[] => [
  ...templateCells(workload, workload.spec.template.spec.containers, context),
  selectorText(workload.spec.selector),
];

interface Replicated extends ApiObject {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelector };
  readonly status?: { readonly replicas?: number };
}
/** The scale subresource of a kind with `spec.replicas` and a label selector. */
export const replicaScale = <T extends Replicated>(): Required<Pick<Strategy<T>, 'scale' | 'withReplicas'>> => ({
  scale: ({ spec, status }) => ({
    replicas: spec.replicas ?? 1,
    observed: status?.replicas ?? 0,
    selector: spec.selector,
  }),
  withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
});
