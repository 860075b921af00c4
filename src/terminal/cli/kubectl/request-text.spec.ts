import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { readRequest } from './request-text.ts';

test.for([
  { given: 'GET / HTTP/1.1\r\nHost: x', expected: { type: 'part' } },
  { given: 'POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nab', expected: { type: 'part' } },
  { given: 'hello\n\n', expected: { type: 'garbage' } },
  { given: 'GET / HTTP/1.1\nno colon\n\n', expected: { type: 'garbage' } },
])('$given is a $expected.type', ({ given, expected }) => {
  expect(readRequest(encodeUtf8(given))).toEqual(expected);
});

test('a request is read with its body; what follows is left', () => {
  const read = readRequest(encodeUtf8('POST /a?b=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhiGET'));
  if (read.type !== 'request') throw new Error(read.type);
  expect(read.head).toEqual({ method: 'POST', target: '/a?b=1', headers: { host: 'h', 'content-length': '2' } });
  expect([decodeUtf8(read.body), decodeUtf8(read.rest)]).toEqual(['hi', 'GET']);
});
