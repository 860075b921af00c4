import {
  type FieldError,
  type FieldErrors,
  IMMUTABLE,
  invalid,
  notSupported,
  required,
} from '../../apimachinery/field-error.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { isLabelValue, isQualifiedName } from '../../apimachinery/names.ts';
import type { LabelSelector, PodTemplateSpec } from '../../apimachinery/types.ts';
import { NON_NEGATIVE, validatePodSpec } from '../pod/pod-spec-validation.ts';

const passed = new WeakSet<object>();

/** Pod template: labels that the selector finds, a valid spec, a restart policy that fits. */
export function validateTemplate(
  template: PodTemplateSpec | undefined,
  selector: LabelSelector | undefined,
  path: string,
  restartPolicies: readonly string[],
): FieldErrors {
  if (template === undefined) return [required(path)];
  const errors: FieldError[] = [...validateSelected(template, selector, path)];
  if (passed.has(template)) return errors;
  const before = errors.length;
  errors.push(...validateLabels(template, path), ...validatePodSpec(template.spec, `${path}.spec`));
  const policy = template.spec?.restartPolicy;
  if (policy !== undefined && ['Always', 'OnFailure', 'Never'].includes(policy) && !restartPolicies.includes(policy))
    errors.push(notSupported(`${path}.spec.restartPolicy`, policy, restartPolicies));
  if (errors.length === before) passed.add(template);
  return errors;
}

/**
 * The template of a StatefulSet: the server leaves its pod spec unread, as volumes come from claims that are not made yet.
 * Source: kubernetes pkg/apis/apps/validation ValidatePodTemplateSpecForStatefulSet.
 */
export function validateStatefulTemplate(
  template: PodTemplateSpec | undefined,
  selector: LabelSelector | undefined,
  path: string,
): FieldErrors {
  if (template === undefined) return [required(path)];
  const policy = template.spec?.restartPolicy;
  return [
    ...validateSelected(template, selector, path),
    ...validateLabels(template, path),
    ...(policy === undefined || policy === 'Always'
      ? []
      : [notSupported(`${path}.spec.restartPolicy`, policy, ['Always'])]),
  ];
}

function validateSelected(
  { metadata }: PodTemplateSpec,
  selector: LabelSelector | undefined,
  path: string,
): FieldErrors {
  const labels = metadata?.labels;
  return selector === undefined || matcherOf(selector).matches(labels)
    ? []
    : [invalid(`${path}.metadata.labels`, labels ?? null, '`selector` does not match template `labels`')];
}

const validateLabels = ({ metadata }: PodTemplateSpec, path: string): FieldErrors =>
  Object.entries(metadata?.labels ?? {}).flatMap(([key, value]) => [
    ...isQualifiedName(key).map((problem) => invalid(`${path}.labels`, key, problem)),
    ...isLabelValue(value).map((problem) => invalid(`${path}.labels`, value, problem)),
  ]);

/** LabelSelector objects: operators and values. */
export function validateSelector(selector: LabelSelector | undefined, path: string, kind: string): FieldErrors {
  if (selector === undefined) return [required(path)];
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    for (const problem of isQualifiedName(key)) errors.push(invalid(`${path}.matchLabels`, key, problem));
    for (const problem of isLabelValue(value)) errors.push(invalid(`${path}.matchLabels`, value, problem));
  }
  (selector.matchExpressions ?? []).forEach(({ key, operator, values = [] }, index) => {
    const place = `${path}.matchExpressions[${String(index)}]`;
    for (const problem of isQualifiedName(key)) errors.push(invalid(`${place}.key`, key, problem));
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.push(required(`${place}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push({
          type: 'Forbidden',
          field: `${place}.values`,
          body: "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        });
    } else errors.push(invalid(`${place}.operator`, operator, 'not a valid selector operator'));
  });
  if (kind !== '' && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0) {
    errors.push(invalid(path, {}, `empty selector is invalid for ${kind}`));
  }
  return errors;
}

export const validateReplicas = (replicas: number | undefined, path = 'spec.replicas'): FieldErrors =>
  replicas !== undefined && replicas < 0 ? [invalid(path, replicas, NON_NEGATIVE)] : [];

export const nonNegative = (value: number | undefined, path: string): FieldErrors =>
  value !== undefined && value < 0 ? [invalid(path, value, NON_NEGATIVE)] : [];

export const immutable = (value: unknown, old: unknown, path: string): FieldErrors =>
  deepEqual(value, old) ? [] : [invalid(path, value ?? null, IMMUTABLE)];

/** Counts and percentages as rolling updates take them. */
export function validateCountOrPercent(value: number | string | undefined, path: string): FieldErrors {
  if (typeof value === 'number') return nonNegative(value, path);
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    return [
      invalid(
        path,
        value,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ),
    ];
  }
  return [];
}
