import { expect, test } from 'vitest';
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { ExchangeEvent } from '../../../../protocol/http.ts';
import type { Segment } from '../../../../protocol/program.ts';
import type { ExchangeId, Exchanges } from '../interface.ts';
import { decodePlain, encodePlain } from '../../../sim/plain-codec.ts';
import { createSimulation } from '../../../sim/create-simulation.ts';
import { createNetwork } from '../network.ts';
import { bench } from '../two-nodes.spec-support.ts';
import { newParser, parseBytes, parseEnd, renderSegment } from './text.ts';

/** Body pieces joined, so that cuts do not matter. */
function joined(segments: readonly Segment[]): readonly unknown[] {
  const out: unknown[] = [];
  let body: Uint8Array[] = [];
  for (const segment of segments) {
    if (segment.type === 'body' && 'bytes' in segment.chunk) body.push(segment.chunk.bytes);
    else {
      if (body.length > 0) out.push(decodeUtf8(concatBytes(body)));
      body = [];
      out.push(
        segment.type === 'request'
          ? `${segment.head.method} ${segment.head.target} ${JSON.stringify(segment.head.headers)}`
          : segment.type === 'response'
            ? `${String(segment.head.status)} ${JSON.stringify(segment.head.headers)}`
            : segment.type,
      );
    }
  }
  if (body.length > 0) out.push(decodeUtf8(concatBytes(body)));
  return out;
}

const CASES = [
  {
    given: 'a request without body',
    side: 'request',
    text: 'GET /a?b=c HTTP/1.1\r\nHost: web\r\n\r\n',
    expected: ['GET /a?b=c {"host":"web"}', 'end'],
  },
  {
    given: 'bare newlines',
    side: 'request',
    text: 'GET / HTTP/1.0\nHost: web\n\n',
    expected: ['GET / {"host":"web"}', 'end'],
  },
  {
    given: 'a length',
    side: 'request',
    text: 'POST /x HTTP/1.1\r\ncontent-length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n',
    expected: ['POST /x {"content-length":"5"}', 'hello', 'end', 'GET / {}', 'end'],
  },
  {
    given: 'chunks',
    side: 'response',
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n',
    expected: ['200 {"transfer-encoding":"chunked"}', 'hello world', 'end'],
  },
  {
    given: 'no length',
    side: 'response',
    text: 'HTTP/1.1 200 OK\r\n\r\nuntil the end',
    expected: ['200 {}', 'until the end', 'end'],
  },
  { given: 'no content', side: 'response', text: 'HTTP/1.1 204 No Content\r\n\r\n', expected: ['204 {}', 'end'] },
] as const;

test.for(CASES)('given $given, text becomes messages however it is cut', ({ side, text, expected }) => {
  const bytes = encodeUtf8(text);
  for (const size of [1, 3, 7, bytes.length]) {
    const parser = newParser(side);
    const out: Segment[] = [];
    for (let i = 0; i < bytes.length; i += size) out.push(...(parseBytes(parser, bytes.subarray(i, i + size)) ?? []));
    out.push(...parseEnd(parser));
    expect(joined(out)).toEqual(expected);
  }
});

test('what is no HTTP is refused', () => {
  expect(parseBytes(newParser('request'), encodeUtf8('\u0016\u0003\u0001 hello'))).toBeUndefined();
});

test('messages become text', () => {
  const state = { chunked: false };
  const text = (segment: Segment): string => decodeUtf8(renderSegment(segment, state));
  expect(
    text({
      type: 'response',
      head: { status: 200, headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } },
    }),
  ).toBe('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
  expect(text({ type: 'body', chunk: { object: { a: 1 } } })).toBe('8\r\n{"a":1}\n\r\n');
  expect(text({ type: 'end' })).toBe('0\r\n\r\n');
});

/** A server component that echoes, streams and upgrades. */
function served(b: ReturnType<typeof bench>): {
  readonly exchanges: Exchanges;
  readonly seen: string[];
  readonly open: ExchangeId[];
} {
  const seen: string[] = [];
  const open: ExchangeId[] = [];
  const exchanges: Exchanges = b.network.http('echo', {
    open(id, head, peer) {
      seen.push(`${head.method} ${head.target} from ${peer.ip}`);
      open.push(id);
      if (head.target === '/now') exchanges.respond(id, 200, { bytes: encodeUtf8('ok') });
      if (head.target === '/watch') exchanges.head(id, { status: 200, headers: {} });
      if (head.target === '/exec') exchanges.head(id, { status: 101, headers: { upgrade: 'SPDY/3.1' } });
    },
    body: (_, chunk) => void seen.push('bytes' in chunk ? decodeUtf8(chunk.bytes) : JSON.stringify(chunk.object)),
    finish: () => void seen.push('finish'),
    frame(id, frame) {
      seen.push(`frame ${frame.channel}`);
      exchanges.frame(id, { channel: 'stdout', bytes: frame.bytes ?? new Uint8Array() });
      exchanges.end(id);
    },
    abort: () => void seen.push('abort'),
  });
  const [host] = b.hosts;
  if (host !== undefined)
    b.must(
      b.network.sockets.listen(
        host.netns,
        { family: 'inet', ip: '0.0.0.0', port: 6443 },
        { component: 'echo', host: host.name },
      ),
    );
  return { exchanges, seen, open };
}

const events = (
  b: ReturnType<typeof bench>,
  target: string,
  body?: string,
): { readonly got: ExchangeEvent[]; abort(): void; frame(): void } => {
  const got: ExchangeEvent[] = [];
  const exchange = b.network.outside.handle(
    { host: 'node-0', port: 6443 },
    { method: 'GET', target, headers: {}, ...(body === undefined ? {} : { body: { bytes: encodeUtf8(body) } }) },
  );
  exchange.listen((event) => got.push(event));
  return {
    got,
    abort: () => {
      exchange.abort();
    },
    frame: () => {
      exchange.sendFrame({ channel: 'stdin', bytes: encodeUtf8('x') });
    },
  };
};

test('the outside client is answered through the fabric and keeps its connection', () => {
  const b = bench(1);
  const { seen } = served(b);
  const first = events(b, '/now', 'hi');
  b.run();
  expect(first.got).toEqual([
    { type: 'head', head: { status: 200, headers: { 'content-length': '2' } } },
    { type: 'chunk', chunk: { bytes: encodeUtf8('ok') } },
    { type: 'end' },
  ]);
  const second = events(b, '/now');
  b.run();
  expect(second.got.at(-1)).toEqual({ type: 'end' });
  expect(seen).toEqual(['GET /now from 192.168.56.1', 'GET /now from 192.168.56.1']);
  expect(b.simulation.trace.since(1).filter(({ type }) => type === 'packet.walked')).toHaveLength(1);
});

test('an open watch streams, and an abort reaches the service', () => {
  const b = bench(1);
  const { seen, exchanges, open } = served(b);
  const watch = events(b, '/watch');
  b.run();
  const [id = 0] = open;
  exchanges.chunk(id, { object: { type: 'ADDED' } });
  b.run();
  expect(watch.got.at(-1)).toEqual({ type: 'chunk', chunk: { object: { type: 'ADDED' } } });
  watch.abort();
  b.run();
  expect(seen.at(-1)).toBe('abort');
  expect(exchanges.chunk(id, { object: {} })).toBe(false);
});

test('after a 101 frames go both ways', () => {
  const b = bench(1);
  served(b);
  const exec = events(b, '/exec');
  b.run();
  exec.frame();
  b.run();
  expect(exec.got.slice(1)).toEqual([
    { type: 'frame', frame: { channel: 'stdout', bytes: encodeUtf8('x') } },
    { type: 'end' },
  ]);
});

test('a client of bytes gets text', () => {
  const b = bench(1);
  served(b);
  const { sockets } = b.network;
  const pod = b.pod(0, '10.244.0.2');
  const client = b.must(
    sockets.connect(pod, { family: 'inet', ip: '192.168.56.10', port: 6443 }, { pid: 1, host: 'node-0' }),
  );
  b.run();
  sockets.send(client, { type: 'bytes', bytes: encodeUtf8('GET /now HTTP/1.1\r\nConnection: close\r\n\r\n') });
  b.run();
  const got = sockets.receiveBytes(client, 1000);
  expect(got.type === 'bytes' ? decodeUtf8(got.bytes) : got).toBe('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  expect(sockets.receive(client)).toEqual({ type: 'end' });
});

test.for([
  { given: 'a port where nobody listens', port: 1, aborted: 'Connection refused' },
  { given: 'an unknown name', port: 6443, host: 'nowhere', aborted: 'lookup nowhere: no such host' },
])('given $given, the exchange ends', ({ port, host, aborted }) => {
  const b = bench(1);
  const got: ExchangeEvent[] = [];
  b.network.outside
    .handle({ host: host ?? 'node-0', port }, { method: 'GET', target: '/', headers: {} })
    .listen((event) => got.push(event));
  b.run();
  expect(got).toEqual([{ type: 'end', aborted }]);
});

test('a path with a malformed escape is refused before a service sees it', () => {
  const b = bench(1);
  const { seen } = served(b);
  const { got } = events(b, '/%zz?a=%41', 'hi');
  b.run();
  expect(got.map((event) => (event.type === 'head' ? event.head.status : event.type))).toEqual([400, 'chunk', 'end']);
  expect(seen).toEqual([]);
});

test('requests that come early wait for their turn', () => {
  const b = bench(1);
  const { seen, exchanges, open } = served(b);
  const { sockets } = b.network;
  const client = b.must(
    sockets.connect(
      b.pod(0, '10.244.0.2'),
      { family: 'inet', ip: '192.168.56.10', port: 6443 },
      { pid: 1, host: 'node-0' },
    ),
  );
  b.run();
  sockets.send(client, {
    type: 'bytes',
    bytes: encodeUtf8(
      'GET /slow HTTP/1.1\r\n\r\nPOST /now HTTP/1.1\r\ncontent-length: 2\r\n\r\nhiPOST /slow HTTP/1.1\r\ncontent-length: 3\r\n\r\nyou',
    ),
  });
  b.run();
  expect(seen).toEqual(['GET /slow from 10.244.0.2', 'finish']);
  exchanges.respond(open[0] ?? 0, 200, { bytes: encodeUtf8('done') });
  b.run();
  expect(seen.slice(2)).toEqual(['POST /now from 10.244.0.2', 'POST /slow from 10.244.0.2', 'you', 'finish']);
});

test('an open watch survives a snapshot, half a request too', () => {
  const b = bench(1);
  const { open } = served(b);
  const pod = b.pod(0, '10.244.0.2');
  const connect = (): number =>
    b.must(
      b.network.sockets.connect(pod, { family: 'inet', ip: '192.168.56.10', port: 6443 }, { pid: 1, host: 'node-0' }),
    );
  const watch = connect();
  const half = connect();
  b.run();
  b.network.sockets.send(watch, { type: 'request', head: { method: 'GET', target: '/watch', headers: {} } });
  b.network.sockets.send(watch, { type: 'end' });
  b.network.sockets.send(half, { type: 'bytes', bytes: encodeUtf8('GET /now HT') });
  b.run();
  const [net, loop] = decodePlain(encodePlain([b.network.snapshot(), b.simulation.loop.snapshot()])) as [never, never];
  const simulation = createSimulation(1);
  const network = createNetwork(simulation);
  simulation.loop.restore(loop);
  network.restore(net);
  const answered: Exchanges = network.http('echo', {
    open: (id) => void answered.respond(id, 204),
    body: () => undefined,
    finish: () => undefined,
    abort: () => undefined,
  });
  answered.chunk(open[0] ?? 0, { object: { type: 'ADDED' } });
  network.sockets.send(half, { type: 'bytes', bytes: encodeUtf8('TP/1.1\r\n\r\n') });
  while (simulation.loop.step());
  expect(network.sockets.receive(watch)).toMatchObject({ segment: { type: 'response', head: { status: 200 } } });
  expect(network.sockets.receive(watch)).toEqual({
    type: 'segment',
    segment: { type: 'body', chunk: { object: { type: 'ADDED' } } },
  });
  const got = network.sockets.receiveBytes(half, 100);
  expect(got.type === 'bytes' ? decodeUtf8(got.bytes).split('\r\n')[0] : got).toBe('HTTP/1.1 204 No Content');
});
