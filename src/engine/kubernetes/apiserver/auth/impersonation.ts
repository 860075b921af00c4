/** Acting as somebody else (apiserver endpoints/filters/impersonation): the caller needs the verb `impersonate`. */
import type { Headers } from '../../../../protocol/http.ts';
import { type FailureStatus, badRequest } from '../../apimachinery/status.ts';
import type { UserInfo } from '../../client/interface.ts';
import { type Authorizer, accessDenied } from './authorizer.ts';

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** The user that a request asks to be, the caller where it asks for none, or why it may not. */
export function impersonated(caller: UserInfo, headers: Headers, authorizer: Authorizer): UserInfo | FailureStatus {
  const name = headers['impersonate-user'] ?? '';
  const groups = (headers['impersonate-group'] ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
  if (name === '')
    return groups.length === 0
      ? caller
      : badRequest(`requested [{Group  ${groups.join(' ')} authentication.k8s.io/v1  }] without impersonating a user`);
  const account = ACCOUNT.exec(name);
  const asked = [
    account === null
      ? { resource: 'users', namespace: '', name }
      : { resource: 'serviceaccounts', namespace: account[1] ?? '', name: account[2] ?? '' },
    ...groups.map((group) => ({ resource: 'groups', namespace: '', name: group })),
  ];
  for (const one of asked) {
    const attributes = { verb: 'impersonate', group: '', ...one };
    if (!authorizer.allows(caller, attributes)) return accessDenied(caller, attributes);
  }
  const own = account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1] ?? ''}`];
  const all = groups.length > 0 ? groups : own;
  return {
    name,
    groups: [...all, ...(name === 'system:anonymous' ? ['system:unauthenticated'] : ['system:authenticated'])],
  };
}
