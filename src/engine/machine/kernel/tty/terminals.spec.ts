import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { program, readText, text, worldOf, type World } from '../kernel.spec-support.ts';

const cat = program('cat', async (process) => {
  for (;;) {
    const bytes = await process.read(0);
    if (failed(bytes)) return 1;
    if (bytes.length === 0) return 0;
    await process.write(1, text(`<${readText(bytes)}>`));
  }
});
const spin = program('spin', async (process) => {
  for (;;) await process.cpu(5000);
});
/** A shell's part of job control: runs one job in the foreground and says what became of it. */
const shell = program('shell', async (process) => {
  for (const signal of ['SIGTTOU', 'SIGTSTP', 'SIGINT'] as const) process.sigaction(signal, 'ignore');
  const job = process.spawn(`/bin/${process.argv[1] ?? ''}`, ['job'], {
    processGroup: 0,
    foreground: process.argv[2] !== 'bg',
  });
  if (failed(job)) return 1;
  const first = await process.wait(job, { stopped: true });
  process.setForegroundGroup(0, process.pid);
  await process.write(1, text(`${JSON.stringify(first)}\n`));
  if (failed(first) || first?.type !== 'stopped') return 0;
  process.setForegroundGroup(0, job);
  process.kill(-job, 'SIGCONT');
  const next = await process.wait(job);
  await process.write(1, text(`${JSON.stringify(next)}\n`));
  return 0;
});

function terminal(
  world: World,
  argv: readonly string[],
): { readonly tty: number; readonly pid: number; readonly screen: () => string } {
  const tty = world.kernel.ttys.create({});
  const stdio = { type: 'tty', tty } as const;
  const pid = world.kernel.spawn({
    path: argv[0] ?? '',
    argv,
    env: {},
    stdio: [stdio, stdio, stdio],
    controllingTty: true,
  });
  if (failed(pid)) throw new Error(pid.errno);
  return { tty, pid, screen: () => readText(world.kernel.ttys.output(tty)) };
}

test.for([
  { keys: 'ab\x7fc\n', screen: 'ab\b \bc\r\n<ac\r\n>' },
  { keys: '가나\x7f다\n', screen: '가나\b \b\b \b다\r\n<가다\r\n>' },
  { keys: 'one two\x17x\n', screen: 'one two\b \b\b \b\b \bx\r\n<one x\r\n>' },
  { keys: 'abc\x15d\n', screen: 'abc\b \b\b \b\b \bd\r\n<d\r\n>' },
  { keys: 'ab\x04', screen: 'ab<ab>' },
  { keys: 'a\x16\x03b\r', screen: 'a^Cb\r\n<a\x03b\r\n>' },
])('typing $keys shows $screen', async ({ keys, screen }) => {
  const world = worldOf([cat]);
  const session = terminal(world, ['/bin/cat']);
  world.kernel.ttys.input(session.tty, text(keys));
  await world.run();
  expect(session.screen()).toBe(screen);
});

test('^D at the start of a line is the end of file', async () => {
  const world = worldOf([cat]);
  const session = terminal(world, ['/bin/cat']);
  world.kernel.ttys.input(session.tty, text('\x04'));
  await world.run();
  expect(world.kernel.process(session.pid)).toBeUndefined();
});

test('^C ends a CPU loop at once', async () => {
  const world = worldOf([spin, shell]);
  const session = terminal(world, ['/bin/shell', 'spin']);
  await world.run(3_000_000);
  expect(world.kernel.process(2)?.cpuUserUs).toBeGreaterThan(1_900_000);
  world.kernel.ttys.input(session.tty, text('\x03'));
  await world.run();
  expect(session.screen()).toBe('^C{"pid":2,"type":"killed","signal":"SIGINT"}\r\n');
});

test('^Z stops the job, SIGCONT goes on with it', async () => {
  const world = worldOf([cat, shell]);
  const session = terminal(world, ['/bin/shell', 'cat']);
  await world.run(100_000);
  world.kernel.ttys.input(session.tty, text('\x1a'));
  await world.run(100_000);
  world.kernel.ttys.input(session.tty, text('x\n\x04'));
  await world.run();
  expect(session.screen()).toBe(
    '^Z{"pid":2,"type":"stopped","signal":"SIGTSTP"}\r\nx\r\n<x\r\n>{"pid":2,"type":"exited","code":0}\r\n',
  );
});

test('a background reader is stopped by SIGTTIN and reads when it is in front', async () => {
  const world = worldOf([cat, shell]);
  const session = terminal(world, ['/bin/shell', 'cat', 'bg']);
  await world.run(100_000);
  expect(session.screen()).toBe('{"pid":2,"type":"stopped","signal":"SIGTTIN"}\r\n');
  world.kernel.ttys.input(session.tty, text('y\n\x04'));
  await world.run();
  expect(session.screen()).toBe('y\r\n<y\r\n>{"pid":2,"type":"exited","code":0}\r\n');
});

test('a line that drops hangs the session up', async () => {
  const world = worldOf([cat]);
  const session = terminal(world, ['/bin/cat']);
  await world.run(100_000);
  world.kernel.ttys.hangup(session.tty);
  await world.run();
  expect(world.kernel.processes()).toEqual([]);
  expect(world.kernel.ttys.exists(session.tty)).toBe(false);
});

test('raw mode gives keys as they come, and a resize is signalled', async () => {
  const raw = program('raw', async (process) => {
    process.setTermios(0, { canonical: false, echo: false, signals: false });
    process.sigaction('SIGWINCH', 'catch');
    const keys = await process.read(0);
    await process.write(1, failed(keys) ? text(keys.errno) : keys);
    const waited = await process.read(0);
    const size = process.windowSize(0);
    await process.write(1, text(` ${failed(waited) ? waited.errno : ''} ${failed(size) ? '' : String(size.columns)}`));
    return 0;
  });
  const world = worldOf([raw]);
  const session = terminal(world, ['/bin/raw']);
  await world.run(100_000);
  world.kernel.ttys.input(session.tty, text('\x03'));
  await world.run(100_000);
  world.kernel.ttys.resize(session.tty, { columns: 132, rows: 40 });
  await world.run();
  expect(session.screen()).toBe('\x03 EINTR 132');
});
