/** Timers at virtual time: when they start their unit and what the journal says of it. */
import { expect, test } from 'vitest';
import { program, text, worldOf, type World } from '../../kernel/kernel.spec-support.ts';
import { HostSystemd } from '../host-systemd.ts';

const MINUTE = 60_000_000;
const say = program('say', async (process) => {
  await process.write(1, text(`${process.argv.slice(1).join(' ')}\n`));
  return 0;
});

function boot(units: Readonly<Record<string, string>>): { readonly world: World; readonly systemd: HostSystemd } {
  const world = worldOf([say], {
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

/** Lets time go by, also where nothing is left to happen. */
async function pass(world: World, us: number): Promise<void> {
  const { clock } = world.simulation;
  const until = clock.nowUs + us;
  await world.run(us);
  if (clock.nowUs < until) clock.advanceTo(until);
}

const SAY = '[Service]\nType=oneshot\nExecStart=/bin/say tick';
/** Seconds since the start at which the service spoke. */
const ticks = (world: World, systemd: HostSystemd): readonly number[] =>
  systemd
    .journal()
    .filter(({ identifier }) => identifier === 'say')
    .map(({ unixUs }) => Math.floor((unixUs - (world.simulation.clock.unixUs - world.simulation.clock.nowUs)) / 1e6));

test.each<{ readonly name: string; readonly timer: string; readonly at: readonly number[]; readonly sub: string }>([
  { name: 'a calendar', timer: 'OnCalendar=*:0/2', at: [120, 240, 360, 480, 600], sub: 'waiting' },
  { name: 'once after its own start', timer: 'OnActiveSec=90', at: [100], sub: 'elapsed' },
  { name: 'a moment after the boot that is over', timer: 'OnBootSec=1s', at: [10], sub: 'elapsed' },
  {
    name: 'after the boot, then again',
    timer: 'OnBootSec=2min\nOnUnitActiveSec=3min',
    at: [120, 300, 480],
    sub: 'waiting',
  },
  {
    name: 'since the unit ended',
    timer: 'OnActiveSec=1min\nOnUnitInactiveSec=4min',
    at: [70, 310, 550],
    sub: 'waiting',
  },
  { name: 'a unit that never was active', timer: 'OnUnitActiveSec=1min', at: [], sub: 'elapsed' },
  { name: 'gone after it', timer: 'OnActiveSec=20\nRemainAfterElapse=no', at: [30], sub: 'dead' },
])('$name', async ({ timer, at, sub }) => {
  const { world, systemd } = boot({ 'a.timer': `[Timer]\n${timer}`, 'a.service': SAY });
  await pass(world, 10_000_000);
  systemd.start('a.timer');
  await pass(world, 10 * MINUTE);
  expect({ at: ticks(world, systemd), sub: systemd.unit('a.timer').sub }).toEqual({ at, sub });
});

test('a timer starts the unit that it names and says when next', async () => {
  const { world, systemd } = boot({
    'a.timer': '[Unit]\nDescription=Often\n[Timer]\nOnCalendar=hourly\nUnit=b.service',
    'b.service': SAY,
  });
  const startUs = world.simulation.clock.unixUs;
  systemd.start('a.timer');
  await pass(world, 61 * MINUTE);
  expect(systemd.unit('a.timer').triggers).toEqual(['b.service']);
  expect(systemd.unit('a.timer').timer).toEqual({
    nextUnixUs: startUs + 120 * MINUTE,
    lastUnixUs: startUs + 60 * MINUTE,
  });
  expect(systemd.unit('b.service').triggeredBy).toEqual(['a.timer']);
  systemd.stop('a.timer');
  await pass(world, 180 * MINUTE);
  expect(systemd.journal().map(({ identifier, message }) => `${identifier}: ${message}`)).toEqual([
    'kernel: Linux version 6.8.0-71-generic',
    'systemd: Started a.timer - Often.',
    'systemd: Starting b.service...',
    'say: tick',
    'systemd: b.service: Deactivated successfully.',
    'systemd: Finished b.service.',
    'systemd: a.timer: Deactivated successfully.',
    'systemd: Stopped a.timer - Often.',
  ]);
});

test('a persistent timer makes up for what it missed while it was stopped', async () => {
  const { world, systemd } = boot({ 'a.timer': '[Timer]\nOnCalendar=hourly\nPersistent=yes', 'a.service': SAY });
  systemd.start('a.timer');
  await pass(world, 61 * MINUTE);
  systemd.stop('a.timer');
  await pass(world, 100 * MINUTE);
  systemd.start('a.timer');
  await pass(world, MINUTE);
  expect(ticks(world, systemd)).toEqual([3600, 161 * 60]);
});

test('a timer without a unit to start, or without a moment, is refused', async () => {
  const { systemd } = boot({ 'a.timer': '[Timer]\nOnCalendar=hourly', 'b.timer': '[Timer]\nOnCalendar=often' });
  systemd.start('a.timer');
  expect(systemd.journal({ unit: 'a.timer' }).map(({ message }) => message)).toEqual([
    'a.timer: Refusing to start, unit a.service to trigger not loaded.',
    'Failed to start a.timer.',
  ]);
  expect(systemd.call({ method: 'start', units: ['b.timer'] }, 0)).toEqual({
    type: 'error',
    code: 'invalid',
    unit: 'b.timer',
    message: 'Unit b.timer has a bad unit file setting.',
  });
});

test('a timer elapses after it was restored', async () => {
  const { world, systemd } = boot({ 'a.timer': '[Timer]\nOnCalendar=*:0/5', 'a.service': SAY });
  systemd.start('a.timer');
  await pass(world, MINUTE);
  systemd.restore(systemd.snapshot());
  await pass(world, 5 * MINUTE);
  expect(ticks(world, systemd)).toEqual([300]);
});
