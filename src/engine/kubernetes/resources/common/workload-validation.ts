import { type FieldError, type FieldErrors, IMMUTABLE, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { isLabelValue, isQualifiedName } from '../../apimachinery/names.ts';
import type { LabelSelector, PodTemplateSpec } from '../../apimachinery/types.ts';
import { NON_NEGATIVE, validatePodSpec } from '../pod/pod-spec-validation.ts';

const passed = new WeakSet<object>();

/** Pod template: labels that the selector finds, a valid spec, a restart policy that fits. */
export function validateTemplate(template: PodTemplateSpec | undefined, selector: LabelSelector | undefined, path: string, restartPolicies: readonly string[]): FieldErrors {
  if (template === undefined) return [required(path)];
  const errors: FieldError[] = [];
  const labels = template.metadata?.labels;
  if (selector !== undefined && !matcherOf(selector).matches(labels)) {
    errors.push(invalid(`${path}.metadata.labels`, labels ?? null, '`selector` does not match template `labels`'));
  }
  if (passed.has(template)) return errors;
  const before = errors.length;
  for (const [key, value] of Object.entries(labels ?? {})) {
    for (const problem of isQualifiedName(key)) errors.push(invalid(`${path}.labels`, key, problem));
    for (const problem of isLabelValue(value)) errors.push(invalid(`${path}.labels`, value, problem));
  }
  errors.push(...validatePodSpec(template.spec, `${path}.spec`));
  const policy = template.spec?.restartPolicy;
  if (policy !== undefined && ['Always', 'OnFailure', 'Never'].includes(policy) && !restartPolicies.includes(policy)) errors.push(notSupported(`${path}.spec.restartPolicy`, policy, restartPolicies));
  if (errors.length === before) passed.add(template);
  return errors;
}

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
      if (values.length === 0) errors.push(required(`${place}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) errors.push({ type: 'Forbidden', field: `${place}.values`, body: "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'" });
    } else errors.push(invalid(`${place}.operator`, operator, 'not a valid selector operator'));
  });
  if (kind !== '' && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0) {
    errors.push(invalid(path, {}, `empty selector is invalid for ${kind}`));
  }
  return errors;
}

export const validateReplicas = (replicas: number | undefined, path = 'spec.replicas'): FieldErrors =>
  replicas !== undefined && replicas < 0 ? [invalid(path, replicas, NON_NEGATIVE)] : [];

export const nonNegative = (value: number | undefined, path: string): FieldErrors => (value !== undefined && value < 0 ? [invalid(path, value, NON_NEGATIVE)] : []);

export const immutable = (value: unknown, old: unknown, path: string): FieldErrors => (deepEqual(value, old) ? [] : [invalid(path, value ?? null, IMMUTABLE)]);

/** Counts and percentages as rolling updates take them. */
export function validateCountOrPercent(value: number | string | undefined, path: string): FieldErrors {
  if (typeof value === 'number') return nonNegative(value, path);
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    return [invalid(path, value, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")];
  }
  return [];
}
