import { expect, test } from 'vitest';
import { program, text, worldOf, type World } from '../kernel/kernel.spec-support.ts';
import { HostSystemd } from './host-systemd.ts';
import { parseCommand, parseSpan, parseUnit } from './units/unit-file.ts';

const steady = program('steady', async (process) => {
  await process.write(1, text(`up with ${process.env['WORD'] ?? ''}\n`));
  await process.sleep(3_600_000_000);
  return 0;
});
const broken = program('broken', async () => 3);

function boot(): { readonly world: World; readonly systemd: HostSystemd } {
  const world = worldOf([steady, broken], {
    entries: [
      {
        path: 'usr/lib/systemd/system/steady.service',
        type: 'file',
        text: '[Unit]\nDescription=Steady\n[Service]\nEnvironment=WORD=one\nExecStart=/bin/steady -x $WORD\n[Install]\nWantedBy=multi-user.target\n',
      },
      {
        path: 'usr/lib/systemd/system/broken.service',
        type: 'file',
        text: '[Unit]\nDescription=Broken\n[Service]\nRestart=on-failure\nExecStart=/bin/broken\n',
      },
      {
        path: 'usr/lib/systemd/system/agent.service',
        type: 'file',
        text: '[Unit]\nDescription=Agent\n[Service]\nType=notify\nExecStart=/usr/bin/agent --fast\n',
      },
      {
        path: 'usr/lib/systemd/system/multi-user.target',
        type: 'file',
        text: '[Unit]\nDescription=Multi-User System\n',
      },
      {
        path: 'etc/systemd/system/steady.service.d/10-word.conf',
        type: 'file',
        text: '[Service]\nEnvironment=WORD=two\n',
      },
    ],
  });
  const systemd = new HostSystemd({
    simulation: world.simulation,
    host: 'alpha',
    kernel: world.kernel,
    files: world.files,
  });
  return { world, systemd };
}

const messages = (systemd: HostSystemd, unit: string): string[] =>
  systemd.journal({ unit }).map(({ identifier, message }) => `${identifier}: ${message}`);

test('an enabled service starts at boot with its drop-in and logs to the journal', async () => {
  const { world, systemd } = boot();
  systemd.enable('steady');
  systemd.boot();
  await world.run(1_000_000);
  expect(world.kernel.process(1)?.argv).toEqual(['/sbin/init']);
  expect(messages(systemd, 'steady.service')).toEqual([
    'systemd: Started steady.service - Steady.',
    'steady: up with two',
  ]);
  const { active, sub, enabled, mainPid, cgroup, tasks } = systemd.unit('steady');
  expect({ active, sub, enabled, cgroup, tasks }).toEqual({
    active: 'active',
    sub: 'running',
    enabled: 'enabled',
    cgroup: '/system.slice/steady.service',
    tasks: 1,
  });
  expect(world.kernel.process(mainPid)?.argv).toEqual(['/bin/steady', '-x', 'two']);
  systemd.stop('steady', { target: 'test', type: 'stopped' });
  await world.run(1_000_000);
  expect(systemd.unit('steady').active).toBe('inactive');
  expect(world.recorder.events).toEqual([
    { type: 'stopped', payload: { unit: 'steady.service', active: 'inactive', result: 'success' } },
  ]);
});

test('a service that fails is restarted until the rate limit', async () => {
  const { world, systemd } = boot();
  systemd.boot();
  systemd.start('broken');
  await world.run(10_000_000);
  expect(systemd.unit('broken')).toMatchObject({
    active: 'failed',
    result: 'exit-code',
    restarts: 5,
  });
  expect(systemd.unit('broken').commands).toMatchObject([{ setting: 'ExecStart', argv: ['/bin/broken'], exitCode: 3 }]);
  expect(messages(systemd, 'broken.service').slice(-3)).toEqual([
    'systemd: broken.service: Start request repeated too quickly.',
    "systemd: broken.service: Failed with result 'exit-code'.",
    'systemd: Failed to start broken.service - Broken.',
  ]);
  expect(messages(systemd, 'broken.service')).toContain(
    'systemd: broken.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED',
  );
});

test('a unit of a component starts its process, waits for ready and ends with it', async () => {
  const { world, systemd } = boot();
  systemd.provide('agent.service', 'test', {});
  systemd.boot();
  systemd.start('agent');
  await world.run(1000);
  const { mainPid } = systemd.unit('agent');
  expect(systemd.unit('agent').active).toBe('activating');
  systemd.ready('agent.service');
  expect(systemd.unit('agent').active).toBe('active');
  world.kernel.kill(mainPid, 'SIGKILL');
  await world.run(1000);
  expect(world.recorder.events.map(({ type }) => type)).toEqual(['service.start', 'process.exited']);
  expect(systemd.unit('agent')).toMatchObject({
    active: 'failed',
    result: 'signal',
    commands: [{ setting: 'ExecStart', exitSignal: 'SIGKILL' }],
  });
});

test('unit files, commands and spans are read as systemd does', () => {
  const { file } = parseUnit(['[Service]\nExecStart=/bin/a \\\n  b\n', '[Service]\nExecStart=\nExecStart=/bin/c\n']);
  expect(file.sections.get('Service')?.get('ExecStart')).toEqual(['/bin/c']);
  expect(parseCommand('-/bin/x "two words" $MANY ${ONE} %n', { MANY: 'a b', ONE: 'c d' }, { n: 'x.service' })).toEqual({
    argv: ['/bin/x', 'two words', 'a', 'b', 'c d', 'x.service'],
    tolerant: true,
    privileged: false,
    unset: [],
  });
  expect(parseCommand('/bin/x $NONE ${NOR}', {}, {}).unset).toEqual(['NONE', 'NOR']);
  expect([parseSpan('1min 30s', 0), parseSpan('500ms', 0), parseSpan('5', 0)]).toEqual([
    90_000_000, 500_000, 5_000_000,
  ]);
});
