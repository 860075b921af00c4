import { expect, test } from 'vitest';
import { type FieldError, fieldErrorText } from '../../apimachinery/field-error.ts';
import type { PodSecurityContext, SecurityContext } from '../../apimachinery/types.ts';
import { validatePodSecurityContext, validateSecurityContext } from './security-context-validation.ts';

const RANGE = 'must be between 0 and 2147483647, inclusive';

test.for<[PodSecurityContext, readonly string[]]>([
  [{ runAsUser: 0, fsGroup: 2147483647, seccompProfile: { type: 'RuntimeDefault' } }, []],
  [{ runAsUser: -1 }, [`p.runAsUser: Invalid value: -1: ${RANGE}`]],
  [{ runAsGroup: 2147483648 }, [`p.runAsGroup: Invalid value: 2147483648: ${RANGE}`]],
  [
    { fsGroup: -5, supplementalGroups: [1, -2] },
    [`p.fsGroup: Invalid value: -5: ${RANGE}`, `p.supplementalGroups[1]: Invalid value: -2: ${RANGE}`],
  ],
  [
    { fsGroupChangePolicy: 'Never' as 'Always' },
    ['p.fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"'],
  ],
  [
    { sysctls: [{ name: 'a b', value: '' }] },
    [
      'p.sysctls[0].name: Invalid value: "a b": must have at most 253 characters and match regex ([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?',
    ],
  ],
  [
    {
      sysctls: [
        { name: '', value: '' },
        { name: 'a.b', value: '' },
        { name: 'a.b', value: '' },
      ],
    },
    ['p.sysctls[0].name: Required value', 'p.sysctls[2].name: Duplicate value: "a.b"'],
  ],
  [
    { seccompProfile: { type: 'Foo' as 'Localhost' } },
    ['p.seccompProfile.type: Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined"'],
  ],
  [
    { seccompProfile: { type: 'Localhost' } },
    ['p.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost'],
  ],
])('a pod’s %j', ([context, told]) => {
  const errors: FieldError[] = [];
  validatePodSecurityContext(context, 'p', errors);
  expect(errors.map(fieldErrorText)).toEqual(told);
});

test.for<[SecurityContext, readonly string[]]>([
  [{ allowPrivilegeEscalation: false, capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } }, []],
  [{ runAsUser: 99999999999 }, [`c.runAsUser: Invalid value: 99999999999: ${RANGE}`]],
  [
    { privileged: true, allowPrivilegeEscalation: false },
    [
      'c: Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
  ],
  [
    { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false },
    [
      'c: Invalid value: {"capabilities":{"add":["CAP_SYS_ADMIN"]},"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
    ],
  ],
])('a container’s %j', ([context, told]) => {
  const errors: FieldError[] = [];
  validateSecurityContext(context, 'c', errors);
  expect(errors.map(fieldErrorText)).toEqual(told);
});
