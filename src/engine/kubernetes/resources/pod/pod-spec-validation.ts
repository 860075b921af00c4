/** Validation of a pod's spec (kubernetes pkg/apis/core/validation). */
import {
  type FieldError,
  type FieldErrors,
  at,
  duplicate,
  forbiddenField,
  invalid,
  notSupported,
  required,
} from '../../apimachinery/field-error.ts';
import { isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName } from '../../apimachinery/names.ts';
import type { PodSpec, Toleration, Volume } from '../../apimachinery/types.ts';
import { validateContainer } from './container-validation.ts';
import { validatePodSecurityContext } from './security-context-validation.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
export const NON_NEGATIVE = 'must be greater than or equal to 0';

/** Every problem of the spec, in upstream's order as far as fields are modelled. */
export function validatePodSpec(spec: PodSpec | undefined, path: string): FieldErrors {
  if (spec === undefined) return [required(`${path}.containers`)];
  const errors: FieldError[] = [];
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`, errors);
  const names = new Set<string>();
  if (spec.containers === undefined || spec.containers.length === 0) errors.push(required(`${path}.containers`));
  (spec.containers ?? []).forEach((container, index) => {
    const place = at(`${path}.containers`, index);
    errors.push(...validateContainer(container, place, volumes));
    uniqueName(container.name, place, names, errors);
  });
  (spec.initContainers ?? []).forEach((container, index) => {
    const place = at(`${path}.initContainers`, index);
    errors.push(...validateContainer(container, place, volumes));
    uniqueName(container.name, place, names, errors);
    const sidecar = container.restartPolicy === 'Always';
    if (container.restartPolicy !== undefined && !sidecar)
      errors.push(notSupported(`${place}.restartPolicy`, container.restartPolicy, ['Always']));
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (!sidecar && container[probe] !== undefined)
        errors.push(
          forbiddenField(`${place}.${probe}`, 'may not be set for init containers without restartPolicy=Always'),
        );
    }
    if (!sidecar && container.lifecycle !== undefined)
      errors.push(
        forbiddenField(`${place}.lifecycle`, 'may not be set for init containers without restartPolicy=Always'),
      );
  });
  (spec.ephemeralContainers ?? []).forEach((container, index) => {
    const place = at(`${path}.ephemeralContainers`, index);
    errors.push(...validateContainer(container, place, volumes));
    uniqueName(container.name, place, names, errors);
  });
  validatePodSecurityContext(spec.securityContext ?? {}, `${path}.securityContext`, errors);
  validateScalars(spec, path, errors);
  (spec.tolerations ?? []).forEach((toleration, index) => {
    validateToleration(toleration, at(`${path}.tolerations`, index), errors);
  });
  return errors;
}

function uniqueName(name: string | undefined, place: string, names: Set<string>, errors: FieldError[]): void {
  if (name === undefined || name === '') return;
  if (names.has(name)) errors.push(duplicate(`${place}.name`, name));
  names.add(name);
}

function validateScalars(spec: PodSpec, path: string, errors: FieldError[]): void {
  if (!RESTART_POLICIES.includes(spec.restartPolicy ?? ''))
    errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES));
  if (!DNS_POLICIES.includes(spec.dnsPolicy ?? ''))
    errors.push(notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES));
  if (spec.dnsPolicy === 'None' && (spec.dnsConfig?.nameservers ?? []).length === 0) {
    errors.push(
      required(`${path}.dnsConfig.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
    );
  }
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) {
    for (const problem of isQualifiedName(key)) errors.push(invalid(`${path}.nodeSelector`, key, problem));
    for (const problem of isLabelValue(value)) errors.push(invalid(`${path}.nodeSelector`, value, problem));
  }
  if (spec.serviceAccountName !== undefined && spec.serviceAccountName !== '') {
    for (const problem of isDns1123Subdomain(spec.serviceAccountName))
      errors.push(invalid(`${path}.serviceAccountName`, spec.serviceAccountName, problem));
  }
  if (spec.nodeName !== undefined && spec.nodeName !== '') {
    for (const problem of isDns1123Subdomain(spec.nodeName))
      errors.push(invalid(`${path}.nodeName`, spec.nodeName, problem));
  }
  if (spec.hostname !== undefined && spec.hostname !== '')
    for (const problem of isDns1123Label(spec.hostname))
      errors.push(invalid(`${path}.hostname`, spec.hostname, problem));
  if (spec.subdomain !== undefined && spec.subdomain !== '')
    for (const problem of isDns1123Label(spec.subdomain))
      errors.push(invalid(`${path}.subdomain`, spec.subdomain, problem));
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive'));
  const grace = spec.terminationGracePeriodSeconds;
  if (grace !== undefined && grace < 0)
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, NON_NEGATIVE));
  (spec.topologySpreadConstraints ?? []).forEach((constraint, index) => {
    const place = at(`${path}.topologySpreadConstraints`, index);
    if (!(constraint.maxSkew > 0))
      errors.push(invalid(`${place}.maxSkew`, constraint.maxSkew, 'must be greater than zero'));
    if (!['DoNotSchedule', 'ScheduleAnyway'].includes(constraint.whenUnsatisfiable)) {
      errors.push(
        notSupported(`${place}.whenUnsatisfiable`, constraint.whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']),
      );
    }
    if (constraint.topologyKey === undefined || constraint.topologyKey === '')
      errors.push(required(`${place}.topologyKey`, 'can not be empty'));
  });
}

function validateToleration(toleration: Toleration, path: string, errors: FieldError[]): void {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  if (key !== '') for (const problem of isQualifiedName(key)) errors.push(invalid(`${path}.key`, key, problem));
  if (key === '' && operator !== 'Exists')
    errors.push(
      invalid(
        `${path}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  if (operator === 'Exists' && value !== '')
    errors.push(
      invalid(`${path}.operator`, JSON.stringify(toleration), "value must be empty when `operator` is 'Exists'"),
    );
  if (!['', 'Equal', 'Exists'].includes(operator))
    errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  if (!['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect))
    errors.push(notSupported(`${path}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']));
}

function validateVolumes(volumes: readonly Volume[], path: string, errors: FieldError[]): ReadonlySet<string> {
  const names = new Set<string>();
  volumes.forEach((volume, index) => {
    const place = at(path, index);
    if (volume.name === undefined || volume.name === '') errors.push(required(`${place}.name`));
    else {
      for (const problem of isDns1123Label(volume.name)) errors.push(invalid(`${place}.name`, volume.name, problem));
      if (names.has(volume.name)) errors.push(duplicate(`${place}.name`, volume.name));
      names.add(volume.name);
    }
    const sources = Object.keys(volume).filter((key) => key !== 'name');
    for (const extra of sources.slice(1))
      errors.push(forbiddenField(`${place}.${extra}`, 'may not specify more than 1 volume type'));
    if (volume.hostPath !== undefined && (volume.hostPath.path === undefined || volume.hostPath.path === ''))
      errors.push(required(`${place}.hostPath.path`));
    if (volume.hostPath?.path?.split('/').includes('..') === true)
      errors.push(invalid(`${place}.hostPath.path`, volume.hostPath.path, "must not contain '..'"));
    if (volume.configMap !== undefined && (volume.configMap.name === undefined || volume.configMap.name === ''))
      errors.push(required(`${place}.configMap.name`));
    if (volume.secret !== undefined && (volume.secret.secretName === undefined || volume.secret.secretName === ''))
      errors.push(required(`${place}.secret.secretName`));
    if (volume.persistentVolumeClaim !== undefined && !volume.persistentVolumeClaim.claimName)
      errors.push(required(`${place}.persistentVolumeClaim.claimName`));
  });
  return names;
}
