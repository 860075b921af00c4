/** Columns as BIND 9.18's dig printed them. */
import { expect, test } from 'vitest';
import { ALL_COLUMNS, questionLine, recordLine } from './record-text.ts';

const SERVICE = 'web.default.svc.cluster.local';
const PORT = `_http._tcp.${SERVICE}`;

test.for([
  { name: 't.example', type: 'A', data: '198.51.100.1', ttl: 300, line: 't.example.\t\t300\tIN\tA\t198.51.100.1' },
  { name: SERVICE, type: 'A', data: '10.96.5.6', ttl: 5, line: `${SERVICE}. 5 IN\tA\t10.96.5.6` },
  { name: PORT, type: 'SRV', data: `0 100 80 ${SERVICE}.`, ttl: 5, line: `${PORT}. 5 IN SRV 0 100 80 ${SERVICE}.` },
  {
    name: '6.5.96.10.in-addr.arpa',
    type: 'PTR',
    data: `${SERVICE}.`,
    ttl: 5,
    line: `6.5.96.10.in-addr.arpa.\t5\tIN\tPTR\t${SERVICE}.`,
  },
])('a record of type $type of $name', ({ name, type, data, ttl, line }) => {
  expect(recordLine({ name, type, data, ttlSeconds: ttl }, ALL_COLUMNS)).toBe(line);
});

test('a record without its time to live', () => {
  expect(
    recordLine({ name: 't.example', type: 'A', data: '198.51.100.1', ttlSeconds: 300 }, { ttl: false, class: true }),
  ).toBe('t.example.\t\tIN\tA\t198.51.100.1');
});

test.for([
  { name: 't.example', type: 'A', line: ';t.example.\t\t\tIN\tA' },
  { name: SERVICE, type: 'A', line: `;${SERVICE}.\tIN\tA` },
  { name: PORT, type: 'SRV', line: `;${PORT}. IN SRV` },
  { name: '6.5.96.10.in-addr.arpa', type: 'PTR', line: ';6.5.96.10.in-addr.arpa.\t\tIN\tPTR' },
])('a question of type $type for $name', ({ name, type, line }) => {
  expect(questionLine(name, type, ALL_COLUMNS)).toBe(line);
});
