import { constants, createDeflate, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { HEADER_DICTIONARY } from './header-dictionary.ts';
import { SpdySession } from './session.ts';

/** A client's compressor: one stream for all header blocks. */
function compressor(): (headers: Readonly<Record<string, string>>) => Promise<Buffer> {
  const deflate = createDeflate({ dictionary: HEADER_DICTIONARY });
  const out: Buffer[] = [];
  deflate.on('data', (bytes: Buffer) => out.push(bytes));
  return (headers) => {
    const entries = Object.entries(headers);
    const text = (value: string): Buffer => Buffer.concat([uint32(value.length), Buffer.from(value)]);
    deflate.write(
      Buffer.concat([uint32(entries.length), ...entries.flatMap(([name, value]) => [text(name), text(value)])]),
    );
    return new Promise((resolve) => {
      deflate.flush(constants.Z_SYNC_FLUSH, () => {
        resolve(Buffer.concat(out.splice(0)));
      });
    });
  };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const control = (type: number, payload: Buffer, flags = 0): Buffer =>
  Buffer.concat([Buffer.of(0x80, 3, 0, type), uint32(flags * 0x1_00_00_00 + payload.length), payload]);
const data = (id: number, text: string, flags = 0): Buffer =>
  Buffer.concat([uint32(id), uint32(flags * 0x1_00_00_00 + text.length), Buffer.from(text)]);
const open = (id: number, block: Buffer): Buffer =>
  control(1, Buffer.concat([uint32(id), uint32(0), Buffer.alloc(2), block]));

function session(): { readonly spdy: SpdySession; readonly heard: string[]; readonly sent: Buffer[] } {
  const heard: string[] = [];
  const sent: Buffer[] = [];
  const spdy = new SpdySession(
    { write: (bytes) => sent.push(Buffer.from(bytes)), end: () => heard.push('end') },
    {
      opened: (stream) => {
        heard.push(`opened ${String(stream.id)} ${JSON.stringify(Object.fromEntries(stream.headers))}`);
        stream.write(Buffer.from('hi'));
        stream.end();
        stream.write(Buffer.from('too late'));
      },
      data: (stream, bytes) => heard.push(`data ${String(stream.id)} ${Buffer.from(bytes).toString()}`),
      finished: (stream) => heard.push(`finished ${String(stream.id)}`),
      reset: (stream) => heard.push(`reset ${String(stream.id)}`),
    },
  );
  return { spdy, heard, sent };
}

test('reads streams whose frames are cut anywhere, with one header compression for all', async () => {
  const compress = compressor();
  const blocks = [
    await compress({ streamtype: 'error', port: '80' }),
    await compress({ streamtype: 'data', port: '80' }),
  ];
  const bytes = Buffer.concat([
    ...blocks.map((block, index) => open(index * 2 + 1, block)),
    data(3, 'GET /'),
    data(3, '', 1),
    control(3, Buffer.concat([uint32(1), uint32(5)])),
  ]);
  const { spdy, heard } = session();
  for (const byte of bytes) spdy.receive(Buffer.of(byte));
  expect(heard).toEqual([
    'opened 1 {"streamtype":"error","port":"80"}',
    'opened 3 {"streamtype":"data","port":"80"}',
    'data 3 GET /',
    'finished 3',
    'reset 1',
  ]);
});

test('answers each stream with a header block that any inflater reads, then data and the end', async () => {
  const compress = compressor();
  const { spdy, sent } = session();
  spdy.receive(open(1, await compress({})));
  spdy.receive(open(3, await compress({})));
  const replies = sent.filter((frame) => frame.readUInt16BE(0) === 0x8003);
  expect(replies.map((frame) => [frame.readUInt16BE(2), frame.readUInt32BE(8)])).toEqual([
    [2, 1],
    [2, 3],
  ]);
  const compressed = Buffer.concat(replies.map((frame) => frame.subarray(12)));
  expect(inflateSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH })).toEqual(Buffer.alloc(8));
  expect(sent.filter((frame) => frame.readUInt16BE(0) !== 0x8003)).toEqual([
    data(1, 'hi'),
    data(1, '', 1),
    data(3, 'hi'),
    data(3, '', 1),
  ]);
});

test('returns a ping as it came', () => {
  const { spdy, sent } = session();
  const ping = control(6, uint32(7));
  spdy.receive(ping);
  expect(sent).toEqual([ping]);
});
