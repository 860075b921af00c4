import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyPairFrom } from './keys/p256.ts';
import { pemText } from './pem.ts';
import { isSignedBy, issueCertificate, privateKeyPem, readCertificate } from './x509.ts';

const authorityKey = keyPairFrom('1/ca');
const authority = { commonName: 'kubernetes', organizations: [] };
const START_MS = 1_772_409_600_000;
const base = {
  issuer: authority,
  issuerKey: authorityKey,
  notBeforeMs: START_MS,
  notAfterMs: START_MS + 365 * 86_400_000,
};
const authorityPem = pemText(
  'CERTIFICATE',
  issueCertificate({
    ...base,
    subject: authority,
    publicKey: authorityKey.public,
    serial: 0,
    authority: true,
    usage: [],
    dnsNames: ['kubernetes'],
    ipAddresses: [],
  }),
);
const leafKey = keyPairFrom('1/admin');
const leaf = {
  ...base,
  subject: { commonName: 'kube-apiserver', organizations: ['system:masters'] },
  publicKey: leafKey.public,
  serial: 712_341_234,
  authority: false,
  usage: ['client' as const],
  dnsNames: ['kubernetes', 'kubernetes.default'],
  ipAddresses: ['10.96.0.1'],
};
const leafPem = pemText('CERTIFICATE', issueCertificate(leaf));

test('a certificate says what it was issued for, and who signed it', () => {
  expect(readCertificate(leafPem)).toEqual({
    subject: leaf.subject,
    issuer: authority,
    notBeforeMs: base.notBeforeMs,
    notAfterMs: base.notAfterMs,
    dnsNames: leaf.dnsNames,
    ipAddresses: leaf.ipAddresses,
  });
  expect([isSignedBy(leafPem, authorityPem), isSignedBy(authorityPem, leafPem)]).toEqual([true, false]);
});

test('equal inputs give equal bytes', () => {
  expect(pemText('CERTIFICATE', issueCertificate(leaf))).toBe(leafPem);
});

test.for(['', 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
  '%j is no certificate',
  (text) => {
    expect(readCertificate(text)).toBeUndefined();
  },
);

test('openssl verifies the chain and reads the key', ({ skip }) => {
  if (spawnSync('openssl', ['version']).status !== 0) {
    console.log('skipped: openssl is not installed');
    skip();
  }
  const folder = mkdtempSync(join(tmpdir(), 'x509-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const verified = execFileSync(
    'openssl',
    ['verify', '-no_check_time', '-CAfile', file('ca.crt', authorityPem), file('leaf.crt', leafPem)],
    { encoding: 'utf8' },
  );
  expect(verified).toMatch(/leaf\.crt: OK/);
  const fromKey = execFileSync('openssl', ['ec', '-in', file('leaf.key', privateKeyPem(leafKey)), '-pubout'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const fromCertificate = execFileSync('openssl', ['x509', '-in', join(folder, 'leaf.crt'), '-pubkey', '-noout'], {
    encoding: 'utf8',
  });
  expect(fromKey).toBe(fromCertificate);
  // A first bit that is set is not a minus sign.
  const serial = pemText('CERTIFICATE', issueCertificate({ ...leaf, serial: 0x80000001 }));
  expect(
    execFileSync('openssl', ['x509', '-in', file('serial.crt', serial), '-serial', '-noout'], { encoding: 'utf8' }),
  ).toBe('serial=80000001\n');
});
