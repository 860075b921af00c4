/** The simulator's own bounds: what meets them, and what is said. */
import { expect, test } from 'vitest';
import { failed } from '../../../protocol/errno.ts';
import { program, spawn, text, worldOf, type World } from './kernel.spec-support.ts';

/** `:(){ :|:& };:` with bash's patience: it tries again a second later. */
const bomb = program('bomb', async (process) => {
  for (let made = 0; made < 2;) {
    if (failed(process.spawn('/bin/bomb', ['bomb']))) await process.sleep(1_000_000);
    else made += 1;
  }
  return 0;
});
const writer = program('writer', async (process) => {
  const fd = process.open('/tmp/u', { write: true, create: true });
  if (failed(fd)) return 1;
  const block = new Uint8Array(65_536).fill(1);
  for (let written = 0; ; written += 1) {
    block[0] = written;
    block[1] = written >> 8;
    const done = await process.write(fd, block.slice());
    if (!failed(done)) continue;
    await process.write(1, text(`${String(written)} blocks, then ${done.errno}\n`));
    return 1;
  }
});
const sleeper = program('sleeper', async (process) => {
  await process.sleep(60_000_000);
  return 0;
});
const patient = program('patient', async (process) => {
  let made = 0;
  while (!failed(process.spawn('/bin/sleeper', ['sleeper']))) made += 1;
  await process.sleep(1_000_000);
  await process.write(1, text(`${String(made)} children\n`));
  return 0;
});

const messages = (world: World): readonly string[] => world.kernel.messages().map(({ text: message }) => message);

async function explode(): Promise<{ readonly world: World; readonly output: string }> {
  const world = worldOf([bomb]);
  const { output } = spawn(world, ['/bin/bomb']);
  await world.run(5_000_000);
  return { world, output: output() };
}

test('a fork bomb fills the host, is killed with its group, and says which bound it was', async () => {
  const { world, output } = await explode();
  const killed =
    'drydock: killed process group 1 (bomb): 1000 forks refused, a simulated host holds at most 2048 processes';
  expect({ left: world.kernel.records.size, output, messages: messages(world) }).toEqual({
    left: 0,
    output: `${killed}\n`,
    messages: ['drydock: fork rejected: a simulated host holds at most 2048 processes', killed],
  });
});

test('a fork bomb leaves the same trace each time', async () => {
  const [first, second] = [await explode(), await explode()];
  expect(second.world.simulation.trace.hash).toBe(first.world.simulation.trace.hash);
});

test('who stops forking when it is refused lives on', async () => {
  const world = worldOf([patient, sleeper]);
  const { output } = spawn(world, ['/bin/patient']);
  await world.run(5_000_000);
  expect({ output: output(), messages: messages(world) }).toEqual({
    output: '2047 children\n',
    messages: ['drydock: fork rejected: a simulated host holds at most 2048 processes'],
  });
});

test('file contents beyond the bound find the disk full', async () => {
  const world = worldOf([writer]);
  const { output } = spawn(world, ['/bin/writer']);
  await world.run();
  const bound = 'drydock: /tmp/u: a simulated host keeps at most 64 MiB of file contents';
  expect({ output: output(), messages: messages(world) }).toEqual({
    // The host has small files of its own.
    output: `${bound}\n1023 blocks, then ENOSPC\n`,
    messages: [bound],
  });
  world.files.root.remove('/tmp/u');
  expect(world.files.systems.contents.held).toBeLessThan(65_536);
});
