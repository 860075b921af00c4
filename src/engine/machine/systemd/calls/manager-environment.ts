/** Variables that process 1 gives to each service (systemctl set-environment). */
import type { SystemdCall, SystemdReply } from '../interface.ts';

/** What Ubuntu's systemd starts with. */
export const FIRST_ENVIRONMENT = {
  LANG: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function changeEnvironment(
  variables: Map<string, string>,
  { set = [], unset = [] }: Extract<SystemdCall, { readonly method: 'change-environment' }>,
): SystemdReply {
  const refuse = (message: string): SystemdReply => ({ type: 'error', code: 'invalid', message });
  if (set.some((text) => !text.includes('=') || !NAME.test(text.slice(0, text.indexOf('=')))))
    return refuse('Invalid environment assignments');
  if (unset.some((text) => !NAME.test(text.replace(/=.*$/s, ''))))
    return refuse('Invalid environment variable names or assignments');
  for (const text of set) variables.set(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1));
  for (const text of unset) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    if (equals < 0 || variables.get(name) === text.slice(equals + 1)) variables.delete(name);
  }
  return { type: 'done' };
}
