import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { decodePlain, encodePlain } from '../../../sim/plain-codec.ts';
import { HostSystemd } from '../../systemd/host-systemd.ts';
import { program, readText, spawn, text, worldOf, type World } from '../kernel.spec-support.ts';
import type { ReactiveProgram } from '../reactive/reactive.ts';

const web: ReactiveProgram = {
  name: 'web',
  start(context) {
    const listening = context.listen(80);
    if (failed(listening)) context.print(`bind: ${listening.errno}\n`);
    context.state = { served: 0 };
  },
  onRequest(context, request, connection) {
    context.state = { served: Number(context.state['served']) + 1 };
    const body = text(
      `${request.method} ${request.target} ${JSON.stringify(context.state['served'])} on ${String(connection.port)}\n`,
    );
    return { status: 200, headers: { 'content-length': String(body.length) }, body: { bytes: body }, delayUs: 5000 };
  },
};
const curl = program('curl', async (process) => {
  const socket = await process.connect({ family: 'inet', ip: process.argv[1] ?? '', port: Number(process.argv[2]) });
  if (failed(socket)) {
    await process.write(1, text(`${socket.errno}\n`));
    return 7;
  }
  await process.write(
    socket,
    text('GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  );
  for (;;) {
    const bytes = await process.read(socket);
    if (failed(bytes) || bytes.length === 0) return 0;
    await process.write(1, bytes);
  }
});
const echoServer = program('echo-server', async (process) => {
  const listening = process.listen({ family: 'inet', ip: '127.0.0.1', port: 7000 });
  if (failed(listening)) return 1;
  for (;;) {
    const socket = await process.accept(listening);
    if (failed(socket)) return 1;
    const bytes = await process.read(socket);
    await process.sleep(1_000_000);
    if (!failed(bytes)) await process.write(socket, text(`<${readText(bytes)}>`));
    process.close(socket);
  }
});
const talk = program('talk', async (process) => {
  const socket = await process.connect({ family: 'inet', ip: '127.0.0.1', port: 7000 });
  if (failed(socket)) return 1;
  await process.write(socket, text('hi'));
  const answer = await process.read(socket);
  const peer = process.peerName(socket);
  await process.write(
    1,
    text(
      `${failed(answer) ? answer.errno : readText(answer)} ${failed(peer) || peer.family !== 'inet' ? '' : String(peer.port)}\n`,
    ),
  );
  return 0;
});
const systemctl = program('systemctl', async (process) => {
  const socket = await process.connect({ family: 'unix', path: '/run/systemd/private' });
  if (failed(socket)) return 1;
  await process.send(socket, {
    type: 'message',
    value: { method: process.argv[1] ?? '', units: [process.argv[2] ?? ''], uid: process.credentials().uid },
  });
  const reply = await process.receive(socket);
  if (failed(reply) || reply?.type !== 'message') return 1;
  await process.write(1, text(JSON.stringify(reply.value)));
  return 0;
});

test('a reactive server answers HTTP over a real connection', async () => {
  const world = worldOf([curl], { reactive: [web], network: true });
  spawn(world, ['/bin/web']);
  await world.run(10_000);
  const { output } = spawn(world, ['/bin/curl', '192.168.56.10', '80']);
  await world.run();
  expect(
    output()
      .replace(/HTTP\/1.1 200 OK\r\n/g, '# ')
      .replace(/Content-Length: \d+\r\n/gi, '')
      .replace(/[A-Z][A-Za-z-]*: .*\r\n/g, ''),
  ).toBe('# \r\nGET /a 1 on 80\n# \r\nGET /b 2 on 80\n');
});

test.for([{ port: '81', expected: 'ECONNREFUSED\n' }])(
  'a connection to port $port gives $expected',
  async ({ port, expected }) => {
    const world = worldOf([curl], { reactive: [web], network: true });
    const { output } = spawn(world, ['/bin/curl', '192.168.56.10', port]);
    await world.run();
    expect(output()).toBe(expected);
  },
);

test('a low port needs a capability where sysctl says so', async () => {
  const world = worldOf([], { reactive: [web], network: true });
  const { output } = spawn(world, ['/bin/web'], {
    credentials: { uid: 1000, gid: 1000, groups: [], capabilities: [] },
  });
  await world.run();
  expect(output()).toBe('bind: EACCES\n');
});

test('a connection that a server has left to its child outlives the server', async () => {
  const child = program('child', async (process) => {
    await process.sleep(1_000_000);
    await process.write(1, text(`from ${String(process.pid)}`));
    return 0;
  });
  const server = program('server', async (process) => {
    const listening = process.listen({ family: 'inet', ip: '127.0.0.1', port: 7000 });
    if (failed(listening)) return 1;
    const socket = await process.accept(listening);
    if (failed(socket)) return 1;
    process.spawn('/bin/child', ['child'], { fds: [[1, socket]] });
    return 0;
  });
  const world = worldOf([server, child, talk], { network: true });
  spawn(world, ['/bin/server']);
  await world.run(50_000);
  const { output } = spawn(world, ['/bin/talk']);
  await world.run();
  expect(output()).toBe('from 3 7000\n');
});

test('systemctl speaks to systemd over its socket', async () => {
  const world = worldOf([systemctl, echoServer], {
    network: true,
    entries: [
      {
        path: 'usr/lib/systemd/system/echo.service',
        type: 'file',
        text: '[Unit]\nDescription=Echo\n[Service]\nExecStart=/bin/echo-server\n',
      },
    ],
  });
  const sockets = world.network?.sockets;
  const netns = world.kernel.network?.netns;
  if (sockets === undefined || netns === undefined) throw new Error('no network');
  const systemd = new HostSystemd({
    simulation: world.simulation,
    host: 'alpha',
    kernel: world.kernel,
    files: world.files,
    sockets,
    netns,
  });
  systemd.boot();
  const run = async (argv: readonly string[], uid = 0): Promise<string> => {
    const { output } = spawn(world, ['/bin/systemctl', ...argv], {
      credentials: { uid, gid: uid, groups: [], capabilities: uid === 0 ? 'all' : [] },
    });
    await world.run(1_000_000);
    return output();
  };
  expect(await run(['start', 'echo'])).toBe('{"type":"done"}');
  expect(systemd.unit('echo').active).toBe('active');
  expect(await run(['stop', 'echo'], 1000)).toContain('access-denied');
  expect(await run(['stop', 'echo'])).toBe('{"type":"done"}');
  expect(await run(['start', 'nothing'])).toBe(
    '{"type":"error","code":"not-found","unit":"nothing.service","message":"Unit nothing.service not found."}',
  );
});

test('a connection in the middle of a conversation survives a restore', async () => {
  const make = (): World => worldOf([echoServer, talk], { network: true });
  const original = make();
  spawn(original, ['/bin/echo-server']);
  await original.run(50_000);
  const { output } = spawn(original, ['/bin/talk']);
  await original.run(500_000);
  const { simulation, network, kernel } = original;
  const saved = encodePlain({
    loop: simulation.loop.snapshot(),
    random: simulation.random.snapshot(),
    trace: simulation.trace.snapshot(),
    network: network?.snapshot(),
    kernel: kernel.snapshot(),
  });
  await original.run(5_000_000);
  expect(output()).toBe('<hi> 7000\n');

  const copy = make();
  const state = decodePlain(saved) as { loop: string; random: string; trace: string; network: string; kernel: string };
  copy.simulation.loop.restore(state.loop);
  copy.simulation.random.restore(state.random);
  copy.simulation.trace.restore(state.trace);
  copy.network?.restore(state.network);
  copy.kernel.restore(state.kernel);
  await copy.run(5_000_000);
  expect(readText(copy.kernel.streams.read(2))).toBe('<hi> 7000\n');
  expect(copy.simulation.trace.hash).toBe(original.simulation.trace.hash);
});
