/** Logins have scopes of their own below the slice of their user. Source: the journal and the control groups of Ubuntu 24.04. */
import { expect, test } from 'vitest';
import { program, worldOf } from '../../kernel/kernel.spec-support.ts';
import { HostSystemd } from '../host-systemd.ts';

const shell = program('shell', async (process) => {
  await process.sleep(5_000_000);
  return 0;
});

test('a login opens the slice of the user and a scope, which end after it', async () => {
  const world = worldOf([shell], {
    entries: [
      { path: 'usr/lib/systemd/system/user-.slice.d', type: 'directory' },
      {
        path: 'usr/lib/systemd/system/user-.slice.d/10-defaults.conf',
        type: 'file',
        text: '[Unit]\nDescription=User Slice of UID %j\n[Slice]\nTasksMax=33%\n',
      },
    ],
  });
  const { simulation, kernel, files } = world;
  const systemd = new HostSystemd({ simulation, host: 'alpha', kernel, files });
  systemd.boot();
  const pid = kernel.spawn({ path: '/bin/shell', argv: ['shell'], env: {} });
  if (typeof pid !== 'number') throw new Error('no shell');
  systemd.login({ user: 'ann', uid: 1000, service: 'sshd', leader: pid, tty: 'pts/0', from: '10.0.0.9' });
  expect(kernel.process(pid)?.cgroup).toBe('/user.slice/user-1000.slice/session-1.scope');
  expect(kernel.cgroups.read('/user.slice/user-1000.slice', 'pids.max')).toBe('20932\n');
  const { name, description, active, sub, enabled } = systemd.unit('session-1.scope');
  expect({ name, description, active, sub, enabled }).toEqual({
    name: 'session-1.scope',
    description: 'Session 1 of User ann',
    active: 'active',
    sub: 'running',
    enabled: 'transient',
  });
  await world.run(20_000_000);
  expect(systemd.sessions.all()).toEqual([]);
  expect(kernel.cgroups.exists('/user.slice/user-1000.slice')).toBe(false);
  expect(
    systemd
      .journal()
      .filter(({ unit }) => unit !== undefined)
      .map(({ monotonicUs, message }) => `${String(Math.floor(monotonicUs / 1e6))} ${message}`),
  ).toEqual([
    '0 Created slice user-1000.slice - User Slice of UID 1000.',
    '0 Started session-1.scope - Session 1 of User ann.',
    '5 session-1.scope: Deactivated successfully.',
    '15 Removed slice user-1000.slice - User Slice of UID 1000.',
  ]);
});
