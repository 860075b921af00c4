import { deepEqual } from '../../apimachinery/equality.ts';
import {
  type FieldError,
  type FieldErrors,
  NO_ERRORS,
  forbiddenField,
  invalid,
} from '../../apimachinery/field-error.ts';
import type { Pod, PodSpec } from '../../apimachinery/types.ts';
import { validatePodSpec } from './pod-spec-validation.ts';

const validated = new WeakSet<object>();

export function validatePod(pod: Pod): FieldErrors {
  // A spec that has passed is passed with every later status.
  if (validated.has(pod.spec)) return NO_ERRORS;
  const errors = validatePodSpec(pod.spec, 'spec');
  if (errors.length === 0) validated.add(pod.spec);
  return errors;
}

const UPDATABLE =
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export function validatePodUpdate(pod: Pod, old: Pod): FieldErrors {
  if (pod.spec === old.spec) return NO_ERRORS;
  const errors: FieldError[] = [];
  const before = old.spec;
  const deadline = pod.spec.activeDeadlineSeconds;
  if (before.activeDeadlineSeconds !== undefined && deadline !== before.activeDeadlineSeconds) {
    if (deadline === undefined)
      errors.push(invalid('spec.activeDeadlineSeconds', null, 'must not update from a positive integer to nil value'));
    else if (deadline > before.activeDeadlineSeconds) {
      errors.push(invalid('spec.activeDeadlineSeconds', deadline, 'must be less than or equal to previous value'));
    }
  }
  if (
    !(before.tolerations ?? []).every(
      (toleration) => pod.spec.tolerations?.some((kept) => deepEqual(kept, toleration)) === true,
    )
  ) {
    errors.push(
      forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
    );
  }
  const same = mutableFrom(pod.spec, before);
  if (!deepEqual(same, before))
    errors.push(
      forbiddenField('spec', `pod updates may not change fields other than ${UPDATABLE}\n${specDiff(before, same)}`),
    );
  return errors;
}

/** The new spec with everything that may change taken from the old one. */
function mutableFrom(spec: PodSpec, old: PodSpec): PodSpec {
  const images = (
    list: PodSpec['containers'] | undefined,
    before: PodSpec['containers'] | undefined,
  ): PodSpec['containers'] =>
    (list ?? []).map((container, index) => ({ ...container, image: before?.[index]?.image ?? container.image }));
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, ...rest } = spec;
  const grace =
    (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1
      ? old.terminationGracePeriodSeconds
      : spec.terminationGracePeriodSeconds;
  return {
    ...rest,
    ...(grace === undefined ? {} : { terminationGracePeriodSeconds: grace }),
    containers: images(spec.containers, old.containers),
    ...(spec.initContainers === undefined ? {} : { initContainers: images(spec.initContainers, old.initContainers) }),
    ...(old.activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds: old.activeDeadlineSeconds }),
    ...(old.tolerations === undefined ? {} : { tolerations: old.tolerations }),
    ...(old.ephemeralContainers === undefined ? {} : { ephemeralContainers: old.ephemeralContainers }),
  };
}

/** The fields that differ, in the frame of upstream's dump of both structs. */
function specDiff(old: PodSpec, next: PodSpec): string {
  const before: Readonly<Record<string, unknown>> = old;
  const after: Readonly<Record<string, unknown>> = next;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const lines = names.flatMap((name) => {
    if (deepEqual(before[name], after[name])) return [];
    const field = name.charAt(0).toUpperCase() + name.slice(1);
    return [
      ...(before[name] === undefined ? [] : [`- \t${field}: ${JSON.stringify(before[name])},`]),
      ...(after[name] === undefined ? [] : [`+ \t${field}: ${JSON.stringify(after[name])},`]),
    ];
  });
  return ['  core.PodSpec{', '  \t... // identical fields', ...lines, '  }', ''].join('\n');
}
