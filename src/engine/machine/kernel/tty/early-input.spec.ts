import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import { program, spawn, text, worldOf } from '../kernel.spec-support.ts';

const echo = program('echo-input', async (process) => {
  for (;;) {
    const bytes = await process.read(0, 4096);
    if (failed(bytes)) return 1;
    if (bytes.length === 0) return 0;
    await process.write(1, text(`[${decodeUtf8(bytes)}]`));
  }
});

test('standard input that came and ended before its process existed is read by it', async () => {
  const world = worldOf([echo]);
  const { streams } = world.kernel;
  const input = streams.create({ writable: { target: 'test', type: 'room' } });
  expect(streams.write(input, text('early'))).toBe(5);
  streams.closeWriter(input);
  const out = streams.create({ readable: { target: 'test', type: 'output' } });
  spawn(world, ['/bin/echo-input'], {
    stdio: [{ type: 'stream', stream: input }, { type: 'stream', stream: out }, { type: 'null' }],
  });
  await world.run();
  expect(decodeUtf8(streams.read(out) ?? new Uint8Array(0))).toBe('[early]');
  expect(streams.write(input, text('late'))).toMatchObject({ errno: 'EPIPE' });
});

test('input that was closed twice and never read leaves nothing behind', () => {
  const { streams } = worldOf([]).kernel;
  const input = streams.create({ writable: { target: 'test', type: 'room' } });
  streams.write(input, text('nobody'));
  streams.closeWriter(input);
  expect(streams.available(input)).toBe(6);
  streams.closeWriter(input);
  expect(streams.available(input)).toBe(0);
});
