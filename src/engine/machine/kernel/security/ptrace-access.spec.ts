import { expect, test } from 'vitest';
import type { Credentials } from '../../../../protocol/program.ts';
import { mayInspect } from './ptrace-access.ts';

const who = (uid: number, capabilities: Credentials['capabilities'] = [], gid = uid): Credentials => ({
  uid,
  gid,
  groups: [gid],
  capabilities,
});

test.for([
  { observer: 'the host’s root', a: who(0, 'all'), observed: 'anybody', b: who(5), may: true },
  { observer: 'a user', a: who(5), observed: 'a process of his own', b: who(5), may: true },
  { observer: 'a user', a: who(5), observed: 'one of root', b: who(0, 'all'), may: false },
  { observer: 'a user', a: who(5), observed: 'one of another group', b: who(5, [], 6), may: false },
  { observer: 'a user', a: who(5), observed: 'a set-user-id program of his', b: { ...who(0), realUid: 5 }, may: false },
  { observer: 'a container’s root', a: who(0, ['CHOWN']), observed: 'the host’s init', b: who(0, 'all'), may: false },
  { observer: 'a container’s root', a: who(0, ['CHOWN']), observed: 'its equal', b: who(0, ['CHOWN']), may: true },
  { observer: 'a container’s root', a: who(0, ['CHOWN']), observed: 'one with more', b: who(0, ['KILL']), may: false },
  { observer: 'one with SYS_PTRACE', a: who(0, ['SYS_PTRACE']), observed: 'anybody', b: who(0, 'all'), may: true },
])('$observer and $observed: $may', ({ a, b, may }) => {
  expect(mayInspect(a, b)).toBe(may);
});
