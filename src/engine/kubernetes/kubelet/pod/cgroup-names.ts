/** cgroups and quality of service of pods, with the names of the systemd driver (kubernetes pkg/kubelet/cm). */
import type { QosClass } from '../../apimachinery/qos-class.ts';
import { milliOf, wholeOf } from '../../apimachinery/resource-amounts.ts';
import type { Container, Pod } from '../../apimachinery/types.ts';
import type { ContainerResources } from '../../../machine/container/interface.ts';

export { type QosClass, qosClass } from '../../apimachinery/qos-class.ts';

const escaped = (uid: string): string => uid.replaceAll('-', '_');

/** `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod<uid>.slice`; guaranteed pods lie directly in kubepods.slice. */
export function podCgroup(uid: string, qos: QosClass): string {
  if (qos === 'Guaranteed') return `/kubepods.slice/kubepods-pod${escaped(uid)}.slice`;
  const name = qos === 'Burstable' ? 'burstable' : 'besteffort';
  return `/kubepods.slice/kubepods-${name}.slice/kubepods-${name}-pod${escaped(uid)}.slice`;
}

const CPU_PERIOD_US = 100_000;
const MIN_SHARES = 2;

/** What the runtime enforces for a container. */
export function containerResources(container: Container, qos: QosClass, nodeMemoryBytes: number): ContainerResources {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const milliRequest = milliOf(requests['cpu'] ?? limits['cpu']);
  const milliLimit = milliOf(limits['cpu']);
  const memoryLimit = wholeOf(limits['memory']);
  const memoryRequest = wholeOf(requests['memory'] ?? limits['memory']);
  return {
    cpuShares: Math.max(MIN_SHARES, Math.floor((milliRequest * 1024) / 1000)),
    ...(milliLimit > 0
      ? { cpuQuotaUs: Math.max(1000, Math.floor((milliLimit * CPU_PERIOD_US) / 1000)), cpuPeriodUs: CPU_PERIOD_US }
      : {}),
    ...(memoryLimit > 0 ? { memoryLimitBytes: memoryLimit } : {}),
    ...(memoryRequest > 0 ? { memoryRequestBytes: memoryRequest } : {}),
    oomScoreAdj: oomScoreAdjust(qos, memoryRequest, nodeMemoryBytes),
  };
}

/** kubernetes pkg/kubelet/qos/policy. */
export function oomScoreAdjust(qos: QosClass, memoryRequest: number, nodeMemoryBytes: number): number {
  if (qos === 'Guaranteed') return -997;
  if (qos === 'BestEffort') return 1000;
  const share = 1000 - Math.floor((1000 * memoryRequest) / nodeMemoryBytes);
  return share < 3 ? 3 : share === 1000 ? 999 : share;
}

export const logDirectory = (pod: Pod, uid: string): string =>
  `/var/log/pods/${pod.metadata.namespace ?? ''}_${pod.metadata.name}_${uid}`;
export const podDirectory = (uid: string): string => `/var/lib/kubelet/pods/${uid}`;
