import { expect, test } from 'vitest';
import { createSimulation } from './create-simulation.ts';
import { drive } from './drive.ts';
import { LatePart } from './late-part.ts';

const host = { macrotask: () => new Promise<void>((resolve) => void setImmediate(resolve)) };

/** Three events at one instant, each of which uses the part. */
async function order(part: LatePart<string>): Promise<readonly string[]> {
  const simulation = createSimulation(1);
  const seen: string[] = [];
  simulation.loop.register('user', {
    handle: (type) => {
      part.use(simulation.hop, (value) => {
        seen.push(`${type} ${value} ${String(simulation.clock.nowUs)}`);
        if (type === 'first') simulation.loop.schedule(0, 'user', 'third');
      });
    },
    snapshot: () => null,
    restore: () => undefined,
  });
  simulation.loop.schedule(5, 'user', 'first');
  simulation.loop.schedule(5, 'user', 'second');
  await drive(simulation, host, {});
  return seen;
}

test('virtual time waits for a part, so that it makes no difference whether it is there', async () => {
  let loads = 0;
  const part = new LatePart(async () => {
    await host.macrotask();
    loads += 1;
    return 'part';
  });
  const expected = ['first part 5', 'second part 5', 'third part 5'];
  expect(await order(part)).toEqual(expected);
  expect(await order(part)).toEqual(expected);
  expect(loads).toBe(1);
});
