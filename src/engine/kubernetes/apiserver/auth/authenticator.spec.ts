import { expect, test } from 'vitest';
import { keyPairFrom } from '../../../../formats/keys/p256.ts';
import { pemText } from '../../../../formats/pem.ts';
import { isSignedBy, issueCertificate, type Subject } from '../../../../formats/x509.ts';
import { Registry } from '../registry.ts';
import { Storage } from '../storage.ts';
import { ANONYMOUS, Authenticator } from './authenticator.ts';
import { TokenKeys } from './tokens.ts';

const DAY_MS = 24 * 3600 * 1000;
const START_MS = Date.UTC(2026, 2, 2);
const OWN = keyPairFrom('own authority');
const FOREIGN = keyPairFrom('foreign authority');
const AUTHORITY: Subject = { commonName: 'kubernetes', organizations: [] };

function certificate(subject: Subject, issuerKey = OWN): string {
  const der = issueCertificate({
    subject,
    publicKey: (subject === AUTHORITY ? issuerKey : keyPairFrom(subject.commonName)).public,
    issuer: AUTHORITY,
    issuerKey,
    serial: 1,
    notBeforeMs: START_MS,
    notAfterMs: START_MS + 365 * DAY_MS,
    authority: subject === AUTHORITY,
    usage: ['client'],
    dnsNames: [],
    ipAddresses: [],
  });
  return pemText('CERTIFICATE', der);
}

const authority = certificate(AUTHORITY);
const jane: Subject = { commonName: 'jane', organizations: ['developers'] };
const JANE = { name: 'jane', groups: ['developers', 'system:authenticated'] };

const authenticator = (nowMs: number): Authenticator =>
  new Authenticator({
    registry: new Registry(),
    storage: new Storage({ connect: () => ({ broken: 'no store' }) }),
    tokens: new TokenKeys('sa.key'),
    nowMs: () => nowMs,
    trusts: (pem) => isSignedBy(pem, authority),
  });

test.for([
  { given: 'no certificate', pem: undefined, day: 1, expected: ANONYMOUS },
  { given: 'a certificate of the authority', pem: certificate(jane), day: 1, expected: JANE },
  { given: 'its last day', pem: certificate(jane), day: 365, expected: JANE },
  { given: 'an expired certificate', pem: certificate(jane), day: 366, expected: undefined },
  { given: 'a certificate from tomorrow', pem: certificate(jane), day: -1, expected: undefined },
  { given: 'a certificate of another authority', pem: certificate(jane, FOREIGN), day: 1, expected: undefined },
  { given: 'what is no certificate', pem: 'nonsense', day: 1, expected: undefined },
])('$given: $expected.name', ({ pem, day, expected }) => {
  const tls = { serverName: '10.0.0.10', ...(pem === undefined ? {} : { certificate: pem }) };
  expect(authenticator(START_MS + day * DAY_MS).identify({}, { ip: '10.0.0.11', port: 40_000, tls })).toEqual(expected);
});
