import { milliOf } from './resource-amounts.ts';
import type { PodSpec } from './types.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** QoS class from requests and limits of cpu and memory (kubernetes pkg/apis/core/v1/helper/qos). */
export function qosClass(spec: PodSpec): QosClass {
  let any = false;
  let guaranteed = true;
  for (const { resources } of [...spec.containers, ...(spec.initContainers ?? [])]) {
    for (const name of ['cpu', 'memory']) {
      const limit = milliOf(resources?.limits?.[name]);
      const request = resources?.requests?.[name] === undefined ? limit : milliOf(resources.requests[name]);
      if (limit > 0 || request > 0) any = true;
      if (limit === 0 || limit !== request) guaranteed = false;
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
