/** What the journal of a host says of starts, stops, reloads and dependencies. Source: the journal of systemd 255. */
import { expect, test } from 'vitest';
import { program, text, worldOf, type World } from '../../kernel/kernel.spec-support.ts';
import { HostSystemd } from '../host-systemd.ts';

const daemon = program('daemon', async (process) => {
  await process.sleep(3_600_000_000);
  return 0;
});
const say = program('say', async (process) => {
  await process.write(1, text(`${process.argv.slice(1).join(' ')}\n`));
  return 0;
});
const broken = program('broken', async () => 1);

function boot(units: Readonly<Record<string, string>>): { readonly world: World; readonly systemd: HostSystemd } {
  const world = worldOf([daemon, say, broken], {
    entries: Object.entries(units).map(([name, lines]) => ({
      path: `etc/systemd/system/${name}`,
      type: 'file' as const,
      text: `${lines}\n`,
    })),
  });
  const { simulation, kernel, files } = world;
  const systemd = new HostSystemd({ simulation, host: 'alpha', kernel, files });
  systemd.boot();
  return { world, systemd };
}

const journal = (systemd: HostSystemd): readonly string[] =>
  systemd
    .journal()
    .filter(({ transport }) => transport !== 'kernel')
    .map(({ identifier, message }) => `${identifier}: ${message}`);

test.each<{ readonly name: string; readonly unit: string; readonly lines: readonly string[] }>([
  {
    name: 'a simple service is up at once',
    unit: '[Service]\nExecStart=/bin/daemon',
    lines: ['systemd: Started a.service.'],
  },
  {
    name: 'a variable that nothing sets',
    unit: '[Service]\nExecStart=/bin/daemon $DAEMON_ARGS',
    lines: [
      'systemd: Started a.service.',
      '(daemon): a.service: Referenced but unset environment variable evaluates to an empty string: DAEMON_ARGS',
    ],
  },
  {
    name: 'a command before it takes time',
    unit: '[Unit]\nDescription=A\n[Service]\nExecStartPre=/bin/say ready\nExecStart=/bin/daemon',
    lines: ['systemd: Starting a.service - A...', 'say: ready', 'systemd: Started a.service - A.'],
  },
  {
    name: 'oneshot',
    unit: '[Service]\nType=oneshot\nExecStart=/bin/say once',
    lines: [
      'systemd: Starting a.service...',
      'say: once',
      'systemd: a.service: Deactivated successfully.',
      'systemd: Finished a.service.',
    ],
  },
  {
    name: 'a program that is not there',
    unit: '[Service]\nExecStart=/usr/bin/nonexistent',
    lines: [
      'systemd: Started a.service.',
      "(existent): a.service: Unable to locate executable '/usr/bin/nonexistent': No such file or directory",
      '(existent): a.service: Failed at step EXEC spawning /usr/bin/nonexistent: No such file or directory',
      'systemd: a.service: Main process exited, code=exited, status=203/EXEC',
      "systemd: a.service: Failed with result 'exit-code'.",
    ],
  },
  {
    name: 'a user that is not there',
    unit: '[Service]\nExecStart=/bin/daemon\nUser=nosuch',
    lines: [
      'systemd: Started a.service.',
      '(daemon): a.service: Failed to determine user credentials: No such process',
      '(daemon): a.service: Failed at step USER spawning /bin/daemon: No such process',
      'systemd: a.service: Main process exited, code=exited, status=217/USER',
      "systemd: a.service: Failed with result 'exit-code'.",
    ],
  },
  {
    name: 'no command at all',
    unit: '[Service]\nRestart=always',
    lines: ['systemd: a.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.'],
  },
  {
    name: 'a command before it that fails',
    unit: '[Service]\nExecStartPre=/bin/broken\nExecStart=/bin/daemon',
    lines: [
      'systemd: Starting a.service...',
      'systemd: a.service: Control process exited, code=exited, status=1/FAILURE',
      "systemd: a.service: Failed with result 'exit-code'.",
      'systemd: Failed to start a.service.',
    ],
  },
  {
    name: 'an unmet condition',
    unit: '[Unit]\nConditionPathExists=/etc/nowhere\n[Service]\nExecStart=/bin/daemon',
    lines: ['systemd: a.service was skipped because of an unmet condition check (ConditionPathExists=/etc/nowhere).'],
  },
  {
    name: 'a requirement that fails',
    unit: '[Unit]\nRequires=broken.service\nAfter=broken.service\n[Service]\nExecStart=/bin/daemon',
    lines: [
      'systemd: Starting broken.service...',
      'systemd: broken.service: Main process exited, code=exited, status=1/FAILURE',
      "systemd: broken.service: Failed with result 'exit-code'.",
      'systemd: Failed to start broken.service.',
      'systemd: Dependency failed for a.service.',
      "systemd: a.service: Job a.service/start failed with result 'dependency'.",
    ],
  },
  {
    name: 'it starts after what it stands after',
    unit: '[Unit]\nWants=slow.service\nAfter=slow.service\n[Service]\nExecStart=/bin/daemon',
    lines: [
      'systemd: Starting slow.service...',
      'say: slow',
      'systemd: slow.service: Deactivated successfully.',
      'systemd: Finished slow.service.',
      'systemd: Started a.service.',
    ],
  },
])('$name', async ({ unit, lines }) => {
  const { world, systemd } = boot({
    'a.service': unit,
    'broken.service': '[Service]\nType=oneshot\nExecStart=/bin/broken',
    'slow.service': '[Service]\nType=oneshot\nExecStart=/bin/say slow',
  });
  systemd.start('a');
  await world.run(1_000_000);
  expect(journal(systemd)).toEqual(lines);
});

test('reload and stop run their commands; what is part of a unit goes with it', async () => {
  const { world, systemd } = boot({
    'a.service': '[Service]\nExecStart=/bin/daemon\nExecReload=/bin/say reload $MAINPID\nExecStop=/bin/say stop',
    'b.service': '[Unit]\nPartOf=a.service\n[Service]\nExecStart=/bin/daemon',
  });
  systemd.start('a');
  systemd.start('b');
  await world.run(1_000_000);
  const { mainPid } = systemd.unit('a');
  const before = journal(systemd).length;
  systemd.runner.reload(systemd.state('a.service'));
  await world.run(1_000_000);
  systemd.restart('a');
  await world.run(1_000_000);
  expect(journal(systemd).slice(before)).toEqual([
    'systemd: Reloading a.service...',
    `say: reload ${String(mainPid)}`,
    'systemd: Reloaded a.service.',
    'systemd: Stopping a.service...',
    'systemd: Stopping b.service...',
    'systemd: b.service: Deactivated successfully.',
    'systemd: Stopped b.service.',
    'systemd: Started b.service.',
    'say: stop',
    'systemd: a.service: Deactivated successfully.',
    'systemd: Stopped a.service.',
    'systemd: Started a.service.',
  ]);
  expect([systemd.unit('a').active, systemd.unit('b').active]).toEqual(['active', 'active']);
});

test('unmask takes away the link to /dev/null and nothing else', async () => {
  const { world, systemd } = boot({ 'a.service': '[Service]\nExecStart=/bin/daemon' });
  await world.run(1_000_000);
  expect(systemd.call({ method: 'install', action: 'unmask', units: ['a'] }, 0)).toEqual({ type: 'done', changes: [] });
  expect(systemd.unit('a.service').load).toBe('loaded');
  expect(systemd.call({ method: 'install', action: 'mask', units: ['b'] }, 0)).toEqual({
    type: 'done',
    changes: [{ kind: 'symlink', path: '/etc/systemd/system/b.service', target: '/dev/null' }],
  });
  expect(systemd.call({ method: 'install', action: 'unmask', units: ['b'] }, 0)).toEqual({
    type: 'done',
    changes: [{ kind: 'unlink', path: '/etc/systemd/system/b.service' }],
  });
});
