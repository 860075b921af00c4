import { expect, test } from 'vitest';
import { verifyServer } from './tls.ts';

const START_MS = Date.UTC(2026, 2, 2);
const DAY_MS = 24 * 3600 * 1000;
const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
const identity = {
  chain: pem('bGVhZg==') + pem('Y2E='),
  names: ['kubernetes', '*.example.com', '10.96.0.1'],
  notBeforeMs: START_MS,
  notAfterMs: START_MS + 365 * DAY_MS,
};
const authorities = pem('Y2E=');
const refused = (reason: string, text: string): object => ({
  reason,
  text: `tls: failed to verify certificate: x509: ${text}`,
});
const unknown = refused('unknown-authority', 'certificate signed by unknown authority');

test.for([
  { given: 'a name of the certificate', serverName: 'kubernetes', authorities, expected: undefined },
  { given: 'a name that its wildcard covers', serverName: 'a.example.com', authorities, expected: undefined },
  { given: 'an address of it', serverName: '10.96.0.1', authorities, expected: undefined },
  { given: 'another authority', serverName: 'kubernetes', authorities: pem('b3RoZXI='), expected: unknown },
  { given: 'no authority of its own', serverName: 'kubernetes', authorities: undefined, expected: unknown },
  { given: 'whatever, unchecked', serverName: 'x', authorities: 'insecure' as const, expected: undefined },
  {
    given: 'another name',
    serverName: 'kubernetes.local',
    authorities,
    expected: refused('wrong-name', 'certificate is valid for kubernetes, *.example.com, not kubernetes.local'),
  },
  {
    given: 'another address',
    serverName: '127.0.0.1',
    authorities,
    expected: refused('wrong-name', 'certificate is valid for 10.96.0.1, not 127.0.0.1'),
  },
])('$given: $expected.reason', ({ serverName, authorities: trusted, expected }) => {
  const options = { serverName, ...(trusted === undefined ? {} : { authorities: trusted }) };
  expect(verifyServer(identity, options, START_MS + DAY_MS)).toEqual(expected);
});

test.for([
  {
    given: 'a year and a day later',
    day: 366,
    expected: refused(
      'expired',
      'certificate has expired or is not yet valid: current time 2027-03-03T00:00:00Z is after 2027-03-02T00:00:00Z',
    ),
  },
  {
    given: 'the day before',
    day: -1,
    expected: refused(
      'not-yet-valid',
      'certificate has expired or is not yet valid: current time 2026-03-01T00:00:00Z is before 2026-03-02T00:00:00Z',
    ),
  },
])('$given: $expected.reason', ({ day, expected }) => {
  expect(verifyServer(identity, { serverName: 'kubernetes', authorities }, START_MS + day * DAY_MS)).toEqual(expected);
});
