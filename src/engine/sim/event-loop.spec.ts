import { expect, test } from 'vitest';
import type { Plain } from '../../protocol/plain.ts';
import { createSimulation } from './create-simulation.ts';
import type { Component } from './component.ts';
import type { Simulation } from './simulation.ts';

class Recorder implements Component {
  readonly seen: string[] = [];
  constructor(
    private readonly simulation: Simulation,
    private readonly repeatUs?: number,
  ) {}
  handle(type: string, payload: Plain): void {
    this.seen.push(`${String(this.simulation.clock.nowUs)} ${type} ${JSON.stringify(payload ?? null)}`);
    if (this.repeatUs !== undefined) this.simulation.loop.schedule(this.repeatUs, 'recorder', type);
  }
  snapshot(): Plain {
    return [...this.seen];
  }
  restore(state: Plain): void {
    this.seen.splice(0, this.seen.length, ...(state as string[]));
  }
}

function world(repeatUs?: number): { simulation: Simulation; recorder: Recorder } {
  const simulation = createSimulation(1);
  const recorder = new Recorder(simulation, repeatUs);
  simulation.loop.register('recorder', recorder);
  return { simulation, recorder };
}

test('events run by due time, then by number', () => {
  const { simulation, recorder } = world();
  simulation.loop.schedule(20, 'recorder', 'late');
  simulation.loop.schedule(10, 'recorder', 'first', { n: 1 });
  simulation.loop.schedule(10, 'recorder', 'second');
  while (simulation.loop.step());
  expect(recorder.seen).toEqual(['10 first {"n":1}', '10 second null', '20 late null']);
});

test('a cancelled event does not run and does not move the clock', () => {
  const { simulation, recorder } = world();
  const gone = simulation.loop.schedule(50, 'recorder', 'gone');
  simulation.loop.schedule(10, 'recorder', 'kept');
  simulation.loop.cancel(gone);
  while (simulation.loop.step());
  expect([recorder.seen, simulation.clock.nowUs, simulation.loop.pending]).toEqual([['10 kept null'], 10, 0]);
});

test('events of a component that is gone are dropped', () => {
  const { simulation, recorder } = world();
  simulation.loop.schedule(10, 'recorder', 'x');
  simulation.loop.unregister('recorder');
  expect([simulation.loop.step(), recorder.seen]).toEqual([true, []]);
});

test('a livelock at one instant stops with the name of the loop', () => {
  const { simulation } = world(0);
  simulation.loop.schedule(0, 'recorder', 'again');
  expect(() => {
    while (simulation.loop.step());
  }).toThrow('more than 1000000 events at one instant; the loop goes through recorder again');
});

test('a restored loop goes on with the same events, numbers and clock', () => {
  const one = world(7);
  one.simulation.loop.schedule(5, 'recorder', 'tick');
  for (let i = 0; i < 10; i += 1) one.simulation.loop.step();
  const two = world(7);
  two.simulation.loop.restore(one.simulation.loop.snapshot());
  two.recorder.restore(one.recorder.snapshot());
  for (let i = 0; i < 5; i += 1) {
    one.simulation.loop.step();
    two.simulation.loop.step();
  }
  expect([two.recorder.seen, two.simulation.loop.ran]).toEqual([one.recorder.seen, one.simulation.loop.ran]);
});
