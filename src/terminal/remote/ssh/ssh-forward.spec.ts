import { expect, test } from 'vitest';
import { readEndpoint, readLocalForward } from './ssh-forward.ts';

const TO = { host: 'db', port: 5432 };

test.for([
  { text: '8080:db:5432', expected: { listenIp: '127.0.0.1', listenPort: 8080, to: TO } },
  { text: '0.0.0.0:8080:db:5432', expected: { listenIp: '0.0.0.0', listenPort: 8080, to: TO } },
  { text: '*:8080:db:5432', expected: { listenIp: '0.0.0.0', listenPort: 8080, to: TO } },
  { text: 'localhost:8080:db:5432', expected: { listenIp: '127.0.0.1', listenPort: 8080, to: TO } },
  { text: ':8080:db:5432', expected: { listenIp: '0.0.0.0', listenPort: 8080, to: TO } },
  { text: '8080 db:5432', expected: { listenIp: '127.0.0.1', listenPort: 8080, to: TO } },
  { text: '8080', expected: undefined },
  { text: '8080:db', expected: undefined },
  { text: '99999:db:5432', expected: undefined },
])('-L $text', ({ text, expected }) => {
  expect(readLocalForward(text)).toEqual(expected);
});

test.for([
  { text: 'db:5432', expected: TO },
  { text: 'db', expected: undefined },
])('-W $text', ({ text, expected }) => {
  expect(readEndpoint(text)).toEqual(expected);
});
