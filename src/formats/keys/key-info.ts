/** Keys as X.509 and PKCS #1, #8 and SEC 1 write them. */
import { integerBytes, integerOf, inverseModulo } from './big-integer.ts';
import {
  bitsOf,
  der,
  derBits,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  oidText,
  readDerNode,
  TAG,
  type DerNode,
} from '../der.ts';
import { pemText, type PemBlock } from '../pem.ts';
import { ed25519KeyOf } from './ed25519.ts';
import { coordinateLength, ecKeyOf, type NistCurve } from './elliptic.ts';
import type { SshPrivateKey } from './openssh-private.ts';
import type { RsaPrivateKey } from './rsa.ts';
import type { PublicKey } from './ssh-public.ts';

const OID = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', ed25519: '1.3.101.112' };
export const CURVE_OIDS: Readonly<Record<NistCurve, string>> = {
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
};
const curveOf = (oid: string): NistCurve | undefined =>
  (['P-256', 'P-384', 'P-521'] as const).find((name) => CURVE_OIDS[name] === oid);

function algorithmOf(key: PublicKey): Uint8Array {
  if (key.type === 'rsa') return derSequence(derOid(OID.rsa), derNull());
  return key.type === 'ec'
    ? derSequence(derOid(OID.ec), derOid(CURVE_OIDS[key.curve]))
    : derSequence(derOid(OID.ed25519));
}

/** SubjectPublicKeyInfo. */
export function publicKeyInfo(key: PublicKey): Uint8Array {
  const bits = key.type === 'rsa' ? derSequence(derInteger(key.modulus), derInteger(key.exponent)) : key.point;
  return derSequence(algorithmOf(key), derBits(bits));
}

/** The key of a SubjectPublicKeyInfo; undefined for kinds that are not modelled. */
export function readPublicKeyInfo(info: DerNode | undefined): PublicKey | undefined {
  const [algorithm, bits] = info?.children ?? [];
  const [oid, parameters] = algorithm?.children ?? [];
  if (oid === undefined || bits === undefined) return undefined;
  switch (oidText(oid.content)) {
    case OID.rsa: {
      const [modulus, exponent] = readDerNode(bitsOf(bits))?.children ?? [];
      return modulus === undefined || exponent === undefined
        ? undefined
        : { type: 'rsa', modulus: integerOf(modulus.content), exponent: integerOf(exponent.content) };
    }
    case OID.ec: {
      const curve = parameters === undefined ? undefined : curveOf(oidText(parameters.content));
      return curve === undefined ? undefined : { type: 'ec', curve, point: bitsOf(bits) };
    }
    case OID.ed25519:
      return { type: 'ed25519', point: bitsOf(bits) };
    default:
      return undefined;
  }
}

/** RSAPrivateKey of PKCS #1. */
function rsaPrivate({ modulus, exponent, privateExponent, primes: [p, q] }: RsaPrivateKey): Uint8Array {
  const parts = [
    0n,
    modulus,
    exponent,
    privateExponent,
    p,
    q,
    privateExponent % (p - 1n),
    privateExponent % (q - 1n),
    inverseModulo(q, p),
  ];
  return derSequence(...parts.map(derInteger));
}

/** ECPrivateKey of SEC 1; inside PKCS #8 the curve stands in the algorithm. */
const ecPrivate = (key: Extract<SshPrivateKey, { type: 'ec' }>, withCurve: boolean): Uint8Array =>
  derSequence(
    derInteger(1n),
    derOctets(key.secret),
    ...(withCurve ? [der(0xa0, derOid(CURVE_OIDS[key.curve]))] : []),
    der(0xa1, derBits(key.point)),
  );

/** PEM of PKCS #8, what openssl 3 writes. */
export function pkcs8Pem(key: SshPrivateKey): string {
  const inner =
    key.type === 'rsa' ? rsaPrivate(key) : key.type === 'ec' ? ecPrivate(key, false) : derOctets(key.secret);
  return pemText('PRIVATE KEY', derSequence(derInteger(0n), algorithmOf(key), derOctets(inner)));
}

/** PEM of the older form of a key's kind: PKCS #1 or SEC 1. */
export function traditionalPem(key: SshPrivateKey): string {
  if (key.type === 'rsa') return pemText('RSA PRIVATE KEY', rsaPrivate(key));
  return key.type === 'ec' ? pemText('EC PRIVATE KEY', ecPrivate(key, true)) : pkcs8Pem(key);
}

export const publicKeyPem = (key: PublicKey): string => pemText('PUBLIC KEY', publicKeyInfo(key));

/** The key of a PEM block; undefined where it holds none. */
export function readPrivateBlock({ label, bytes }: PemBlock): SshPrivateKey | undefined {
  const node = readDerNode(bytes);
  if (node === undefined) return undefined;
  if (label === 'RSA PRIVATE KEY') return readRsaPrivate(node);
  if (label === 'EC PRIVATE KEY') return readEcPrivate(node, undefined);
  if (label !== 'PRIVATE KEY') return undefined;
  const [, algorithm, octets] = node.children;
  const [oid, parameters] = algorithm?.children ?? [];
  const inner = octets === undefined ? undefined : readDerNode(octets.content);
  if (oid === undefined || inner === undefined) return undefined;
  switch (oidText(oid.content)) {
    case OID.rsa:
      return readRsaPrivate(inner);
    case OID.ec:
      return readEcPrivate(inner, parameters);
    case OID.ed25519:
      return ed25519KeyOf(inner.content);
    default:
      return undefined;
  }
}

function readRsaPrivate(node: DerNode): RsaPrivateKey | undefined {
  const [, modulus, exponent, privateExponent, p, q] = node.children.map(({ content }) => integerOf(content));
  if (
    modulus === undefined ||
    exponent === undefined ||
    privateExponent === undefined ||
    p === undefined ||
    q === undefined
  )
    return undefined;
  return { type: 'rsa', modulus, exponent, privateExponent, primes: [p, q] };
}

function readEcPrivate(node: DerNode, outer: DerNode | undefined): SshPrivateKey | undefined {
  const secret = node.children[1];
  const own = node.children.find(({ tag }) => tag === 0xa0)?.children[0];
  const parameters = own ?? outer;
  const curve = parameters?.tag === TAG.oid ? curveOf(oidText(parameters.content)) : undefined;
  if (curve === undefined || secret === undefined) return undefined;
  return ecKeyOf(curve, integerBytes(integerOf(secret.content), coordinateLength(curve)));
}
