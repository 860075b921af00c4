import { expect, test, vi } from 'vitest';
import type { ExchangeEvent } from '../../protocol/http.ts';
import type { Input } from '../../protocol/simulation.ts';
import { Exchanges } from './exchanges.ts';

const HEAD: ExchangeEvent = { type: 'head', head: { status: 200, headers: { 'content-type': 'application/json' } } };
const CHUNK: ExchangeEvent = { type: 'chunk', chunk: { object: { kind: 'Status' } } };
const END: ExchangeEvent = { type: 'end' };

function exchanges() {
  const sent: Input[] = [];
  return { sent, made: new Exchanges((input) => sent.push(input)) };
}
const kinds = (sent: readonly Input[]): readonly string[] =>
  sent.map((input) => ('exchange' in input ? `${input.type} ${input.exchange}` : input.type));

test('an answer settles its request', async () => {
  const { sent, made } = exchanges();
  const answer = made.request('kubernetes', { method: 'GET', target: '/version', headers: {} });
  const [request] = sent;
  if (request?.type !== 'request') throw new Error('nothing was asked');
  for (const event of [HEAD, CHUNK, END]) made.take({ type: 'exchange', exchange: request.exchange, event });
  expect(await answer).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { kind: 'Status' },
  });
});

test.for([
  { given: 'goes on', events: [HEAD, CHUNK, CHUNK], expected: ['request.abort before-reload'] },
  { given: 'goes on and ends', events: [HEAD, CHUNK, END], expected: ['request.abort before-reload'] },
  { given: 'only ends', events: [END], expected: [] },
])(
  'an exchange that the page does not know, from before a reload, and that $given: $expected',
  ({ events, expected }) => {
    const { sent, made } = exchanges();
    for (const event of events) made.take({ type: 'exchange', exchange: 'before-reload', event });
    expect(kinds(sent)).toEqual(expected);
  },
);

test('a request without an answer is given up once', async () => {
  vi.useFakeTimers();
  const { sent, made } = exchanges();
  const answer = made.request('kubernetes', { method: 'GET', target: '/version', headers: {} });
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  const [request] = sent;
  const exchange = request?.type === 'request' ? request.exchange : '';
  made.take({ type: 'exchange', exchange, event: CHUNK });
  expect({ answer: await answer, sent: kinds(sent) }).toEqual({
    answer: { failed: 'timeout' },
    sent: [`request ${exchange}`, `request.abort ${exchange}`],
  });
});
