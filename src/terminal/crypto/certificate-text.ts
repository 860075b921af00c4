/** Certificates, requests and keys as `openssl … -text` prints them. */
import { bitLength, integerBytes } from '../../formats/keys/big-integer.ts';
import type { NistCurve } from '../../formats/keys/elliptic.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import type { PublicKey } from '../../formats/keys/ssh-public.ts';
import { signedBytes, inverseModulo } from '../../formats/keys/big-integer.ts';
import {
  timeText,
  type CertificateExtension,
  type ParsedCertificate,
  type ParsedRequest,
  type Signed,
} from './certificate.ts';
import { nameText } from './distinguished-name.ts';
import { extensionText, extensionTitle } from './extensions.ts';

const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.3.101.112': 'ED25519',
};
export const signatureName = ({ algorithm }: Signed): string => SIGNATURES[algorithm] ?? algorithm;

const CURVE_NAMES: Readonly<Record<NistCurve, readonly [asn1: string, nist: string]>> = {
  'P-256': ['prime256v1', 'P-256'],
  'P-384': ['secp384r1', 'P-384'],
  'P-521': ['secp521r1', 'P-521'],
};

/** Bytes in hexadecimal with colons, so many a line. */
function hexBlock(bytes: Uint8Array, indent: number, perLine: number): readonly string[] {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += perLine) {
    const more = at + perLine < pairs.length;
    lines.push(`${' '.repeat(indent)}${pairs.slice(at, at + perLine).join(':')}${more ? ':' : ''}`);
  }
  return lines;
}
const keyBlock = (bytes: Uint8Array, indent: number): readonly string[] => hexBlock(bytes, indent, 15);

export function publicKeyBits(key: PublicKey): number {
  if (key.type === 'rsa') return bitLength(key.modulus);
  if (key.type === 'ed25519') return 253;
  return Number(key.curve.slice(2));
}
export const algorithmName = (key: PublicKey): string =>
  key.type === 'rsa' ? 'rsaEncryption' : key.type === 'ec' ? 'id-ecPublicKey' : 'ED25519';

/** A public key's figures, at a depth. */
export function publicKeyText(key: PublicKey, indent: number): readonly string[] {
  const pad = ' '.repeat(indent);
  if (key.type === 'ed25519') return [`${pad}ED25519 Public-Key:`, `${pad}pub:`, ...keyBlock(key.point, indent + 4)];
  const head = `${pad}Public-Key: (${String(publicKeyBits(key))} bit)`;
  if (key.type === 'rsa')
    return [
      head,
      `${pad}Modulus:`,
      ...keyBlock(signedBytes(key.modulus), indent + 4),
      `${pad}Exponent: ${number(key.exponent)}`,
    ];
  const [asn1, nist] = CURVE_NAMES[key.curve];
  return [
    head,
    `${pad}pub:`,
    ...keyBlock(key.point, indent + 4),
    `${pad}ASN1 OID: ${asn1}`,
    `${pad}NIST CURVE: ${nist}`,
  ];
}

const number = (value: bigint): string => `${String(value)} (0x${value.toString(16)})`;

/** `openssl rsa -text`, `openssl ec -text`. */
export function privateKeyText(key: SshPrivateKey): readonly string[] {
  if (key.type === 'ed25519')
    return ['ED25519 Private-Key:', 'priv:', ...keyBlock(key.secret, 4), 'pub:', ...keyBlock(key.point, 4)];
  if (key.type === 'ec') {
    const [asn1, nist] = CURVE_NAMES[key.curve];
    return [
      `Private-Key: (${String(publicKeyBits(key))} bit)`,
      'priv:',
      ...keyBlock(key.secret, 4),
      'pub:',
      ...keyBlock(key.point, 4),
      `ASN1 OID: ${asn1}`,
      `NIST CURVE: ${nist}`,
    ];
  }
  const [p, q] = key.primes;
  const part = (name: string, value: bigint): readonly string[] => [`${name}:`, ...keyBlock(signedBytes(value), 4)];
  return [
    `Private-Key: (${String(publicKeyBits(key))} bit, 2 primes)`,
    ...part('modulus', key.modulus),
    `publicExponent: ${number(key.exponent)}`,
    ...part('privateExponent', key.privateExponent),
    ...part('prime1', p),
    ...part('prime2', q),
    ...part('exponent1', key.privateExponent % (p - 1n)),
    ...part('exponent2', key.privateExponent % (q - 1n)),
    ...part('coefficient', inverseModulo(q, p)),
  ];
}

function keySection(key: PublicKey | undefined): readonly string[] {
  if (key === undefined) return ['        Subject Public Key Info:', '            Unable to load Public Key'];
  return [
    '        Subject Public Key Info:',
    `            Public Key Algorithm: ${algorithmName(key)}`,
    ...publicKeyText(key, 16),
  ];
}

const extensionLines = (extensions: readonly CertificateExtension[], indent: number): readonly string[] =>
  extensions.flatMap((extension) => [
    `${' '.repeat(indent)}${extensionTitle(extension.oid)}: ${extension.critical ? 'critical' : ''}`,
    `${' '.repeat(indent + 4)}${extensionText(extension)}`,
  ]);

/** `-ext`: some of the extensions. */
export const someExtensions = (extensions: readonly CertificateExtension[]): string =>
  extensionLines(extensions, 0).join('\n');

const signatureLines = (signed: Signed): readonly string[] => [
  `    Signature Algorithm: ${signatureName(signed)}`,
  '    Signature Value:',
  ...hexBlock(signed.signature, 8, 18),
];

function serialLines(serial: bigint): readonly string[] {
  if (bitLength(serial) < 64) return [`        Serial Number: ${number(serial)}`];
  const bytes = integerBytes(serial);
  return [
    '        Serial Number:',
    `            ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
  ];
}

export function certificateText(certificate: ParsedCertificate): string {
  const { version, serial, issuer, subject, notBeforeMs, notAfterMs, key, extensions } = certificate;
  return [
    'Certificate:',
    '    Data:',
    `        Version: ${String(version)} (0x${String(version - 1)})`,
    ...serialLines(serial),
    `        Signature Algorithm: ${signatureName(certificate)}`,
    `        Issuer: ${nameText(issuer)}`,
    '        Validity',
    `            Not Before: ${timeText(notBeforeMs)}`,
    `            Not After : ${timeText(notAfterMs)}`,
    `        Subject: ${nameText(subject)}`,
    ...keySection(key),
    ...(extensions.length === 0 ? [] : ['        X509v3 extensions:', ...extensionLines(extensions, 12)]),
    ...signatureLines(certificate),
  ].join('\n');
}

export function requestText(request: ParsedRequest): string {
  const { subject, key, extensions } = request;
  return [
    'Certificate Request:',
    '    Data:',
    '        Version: 1 (0x0)',
    `        Subject: ${nameText(subject)}`,
    ...keySection(key),
    '        Attributes:',
    ...(extensions.length === 0
      ? ['            (none)']
      : ['            Requested Extensions:', ...extensionLines(extensions, 16)]),
    ...signatureLines(request),
  ].join('\n');
}
