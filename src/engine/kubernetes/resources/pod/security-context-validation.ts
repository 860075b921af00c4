/** Validation of a pod's and a container's security context (kubernetes pkg/apis/core/validation). */
import { type FieldError, at, duplicate, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { PodSecurityContext, SeccompProfile, SecurityContext } from '../../apimachinery/types.ts';

const MAX_ID = 2_147_483_647;
const SECCOMP_TYPES: readonly SeccompProfile['type'][] = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_NAME = `(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}`;
const IS_SYSCTL = new RegExp(`^${SYSCTL_NAME}$`);
const MAX_SYSCTL = 253;

export function validatePodSecurityContext(context: PodSecurityContext, path: string, errors: FieldError[]): void {
  const { fsGroup, runAsUser, runAsGroup, supplementalGroups = [], sysctls = [], fsGroupChangePolicy } = context;
  validateId(fsGroup, `${path}.fsGroup`, errors);
  validateId(runAsUser, `${path}.runAsUser`, errors);
  validateId(runAsGroup, `${path}.runAsGroup`, errors);
  supplementalGroups.forEach((group, index) => {
    validateId(group, at(`${path}.supplementalGroups`, index), errors);
  });
  validateSysctls(sysctls, `${path}.sysctls`, errors);
  if (fsGroupChangePolicy !== undefined && !['Always', 'OnRootMismatch'].includes(fsGroupChangePolicy))
    errors.push(notSupported(`${path}.fsGroupChangePolicy`, fsGroupChangePolicy, ['Always', 'OnRootMismatch']));
  validateSeccomp(context.seccompProfile, `${path}.seccompProfile`, errors);
}

export function validateSecurityContext(context: SecurityContext, path: string, errors: FieldError[]): void {
  validateId(context.runAsUser, `${path}.runAsUser`, errors);
  validateId(context.runAsGroup, `${path}.runAsGroup`, errors);
  validateSeccomp(context.seccompProfile, `${path}.seccompProfile`, errors);
  if (context.allowPrivilegeEscalation !== false) return;
  if (context.privileged === true)
    errors.push(invalid(path, context, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
  if (context.capabilities?.add?.includes('CAP_SYS_ADMIN') === true)
    errors.push(
      invalid(path, context, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'),
    );
}

function validateId(id: number | undefined, path: string, errors: FieldError[]): void {
  if (id !== undefined && (id < 0 || id > MAX_ID))
    errors.push(invalid(path, id, `must be between 0 and ${String(MAX_ID)}, inclusive`));
}

function validateSysctls(sysctls: readonly { readonly name: string }[], path: string, errors: FieldError[]): void {
  const names = new Set<string>();
  sysctls.forEach(({ name }, index) => {
    const place = `${at(path, index)}.name`;
    if (name === '') errors.push(required(place));
    else if (name.length > MAX_SYSCTL || !IS_SYSCTL.test(name))
      errors.push(
        invalid(place, name, `must have at most ${String(MAX_SYSCTL)} characters and match regex ${SYSCTL_NAME}`),
      );
    else if (names.has(name)) errors.push(duplicate(place, name));
    names.add(name);
  });
}

function validateSeccomp(profile: SeccompProfile | undefined, path: string, errors: FieldError[]): void {
  if (profile === undefined) return;
  const { type, localhostProfile } = profile;
  if (type === undefined) errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!SECCOMP_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, SECCOMP_TYPES));
  if (type === 'Localhost') {
    if (localhostProfile === undefined)
      errors.push(required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost'));
  } else if (localhostProfile !== undefined)
    errors.push(invalid(`${path}.localhostProfile`, profile, 'can only be set when seccomp type is Localhost'));
}
