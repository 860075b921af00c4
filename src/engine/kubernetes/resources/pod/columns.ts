/** The pod table (kubernetes pkg/printers/internalversion printPod). */
import { humanDuration } from '../../../../formats/duration.ts';
import type { Pod } from '../../apimachinery/types.ts';
import { isConditionTrue } from '../../apimachinery/meta.ts';
import { podSummary } from '../../apimachinery/pod-status-text.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import type { Cell, Column, RowContext } from '../strategy.ts';

export const podColumns: readonly Column[] = [
  NAME,
  text('Ready'),
  text('Status'),
  text('Restarts'),
  AGE,
  text('IP', 1),
  text('Node', 1),
  text('Nominated Node', 1),
  text('Readiness Gates', 1),
];

export function podRow(pod: Pod, context: RowContext): readonly Cell[] {
  const { spec, status } = pod;
  const restartable = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  const summary = podSummary(pod);
  const ago =
    summary.lastRestartMs === 0 || summary.restarts === 0
      ? ''
      : ` (${humanDuration(context.nowMs - summary.lastRestartMs)} ago)`;
  const gates = spec.readinessGates ?? [];
  const open = gates.filter(({ conditionType }) => isConditionTrue(status.conditions, conditionType)).length;
  return [
    pod.metadata.name,
    `${String(summary.ready)}/${String(spec.containers.length + restartable.length)}`,
    summary.reason,
    `${String(summary.restarts)}${ago}`,
    age(pod, context),
    orNone(status.podIPs?.[0]?.ip ?? status.podIP),
    orNone(spec.nodeName),
    orNone(status.nominatedNodeName),
    gates.length === 0 ? '<none>' : `${String(open)}/${String(gates.length)}`,
  ];
}

const orNone = (value: string | undefined): string => (value === undefined || value === '' ? '<none>' : value);
