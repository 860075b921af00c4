import { isDns1123Subdomain } from '../../apimachinery/names.ts';
import { qosClass } from '../../apimachinery/qos-class.ts';
import type { Container, Pod, PodSpec } from '../../apimachinery/types.ts';
import { each, fill, once, over } from '../fill.ts';
import { entry } from '../strategy.ts';
import { podColumns, podRow } from './columns.ts';
import { defaultPodSpec } from './pod-spec-defaults.ts';
import { validatePod, validatePodUpdate } from './validation.ts';

/** Requests default to limits; only in pods, not in templates. */
const requestsFromLimits = (container: Container): Container =>
  over(container, 'resources', (resources) =>
    resources.limits === undefined
      ? resources
      : over(fill(resources, { requests: {} }), 'requests', (requests) => fill(requests, resources.limits ?? {})),
  );

/** Pods of one template share their specs, hence their defaults too. */
const defaultOwnSpec = once((spec: PodSpec): PodSpec => {
  const withRequests = over(
    over(spec, 'containers', each(requestsFromLimits)),
    'initContainers',
    each(requestsFromLimits),
  );
  return defaultPodSpec(fill<PodSpec>(withRequests, { enableServiceLinks: true }));
});

export const pods = entry<Pod>('pods', {
  columns: podColumns,
  row: podRow,
  defaults: (pod) => over(pod, 'spec', defaultOwnSpec),
  prepareForCreate: (pod) => ({
    ...pod,
    status: {
      phase: 'Pending',
      ...(pod.spec.schedulingGates === undefined
        ? {}
        : {
            conditions: [
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'SchedulingGated',
                message: 'Scheduling is blocked due to non-empty scheduling gates',
                lastProbeTime: null,
                lastTransitionTime: pod.metadata.creationTimestamp,
              },
            ],
          }),
      qosClass: pod.spec.containers === undefined ? 'BestEffort' : qosClass(pod.spec),
    },
  }),
  validateName: isDns1123Subdomain,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  fields: {
    'spec.nodeName': (pod) => pod.spec.nodeName ?? '',
    'spec.restartPolicy': (pod) => pod.spec.restartPolicy ?? '',
    'spec.schedulerName': (pod) => pod.spec.schedulerName ?? '',
    'spec.serviceAccountName': (pod) => pod.spec.serviceAccountName ?? '',
    'spec.hostNetwork': (pod) => String(pod.spec.hostNetwork ?? false),
    'status.phase': (pod) => pod.status.phase ?? '',
    'status.podIP': (pod) => pod.status.podIP ?? '',
    'status.nominatedNodeName': (pod) => pod.status.nominatedNodeName ?? '',
  },
  gracePeriodSeconds: (pod, asked) => {
    // A pod that no kubelet has, or that has ended, needs no time.
    if (pod.spec.nodeName === undefined || pod.spec.nodeName === '') return 0;
    if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') return 0;
    const wanted = asked ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    return wanted < 0 ? 1 : wanted;
  },
});
