/** Certificates and requests as data: read from DER, built and signed. */
import { civilFromUnix } from '../../formats/civil-time.ts';
import {
  bitsOf,
  der,
  derBits,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derTime,
  derTimeOf,
  oidText,
  readDerNode,
  TAG,
  type DerNode,
} from '../../formats/der.ts';
import { integerOf } from '../../formats/keys/big-integer.ts';
import { signEd25519, verifyEd25519 } from '../../formats/keys/ed25519.ts';
import { signEc, verifyEc } from '../../formats/keys/elliptic.ts';
import { publicKeyInfo, readPublicKeyInfo } from '../../formats/keys/key-info.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import { signRsa, verifyRsa, type RsaDigest } from '../../formats/keys/rsa.ts';
import type { PublicKey } from '../../formats/keys/ssh-public.ts';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { encodeName, nameText, readName, type NameAttribute } from './distinguished-name.ts';

export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the value. */
  readonly value: Uint8Array;
}

/** What is signed and by what. */
export interface Signed {
  readonly der: Uint8Array;
  readonly signedPart: Uint8Array;
  /** OID of the algorithm. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

export interface ParsedCertificate extends Signed {
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: readonly NameAttribute[];
  readonly subject: readonly NameAttribute[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly key: PublicKey | undefined;
  readonly extensions: readonly CertificateExtension[];
}

export interface ParsedRequest extends Signed {
  readonly subject: readonly NameAttribute[];
  readonly key: PublicKey | undefined;
  readonly extensions: readonly CertificateExtension[];
}

const OID_ED25519 = '1.3.101.112';
const OID_EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const ECDSA: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  '1.2.840.10045.4.3.2': sha256,
  '1.2.840.10045.4.3.3': sha384,
  '1.2.840.10045.4.3.4': sha512,
};
const RSA: Readonly<Record<string, RsaDigest>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

function readSigned(bytes: Uint8Array): (Signed & { readonly body: DerNode }) | undefined {
  const [body, algorithm, signature] = readDerNode(bytes)?.children ?? [];
  const oid = algorithm?.children[0];
  if (body === undefined || oid === undefined || signature?.tag !== TAG.bitString) return undefined;
  return { der: bytes, body, signedPart: body.whole, algorithm: oidText(oid.content), signature: bitsOf(signature) };
}

const readExtensions = (node: DerNode | undefined): readonly CertificateExtension[] =>
  (node?.children ?? []).flatMap(({ children }) => {
    const [oid] = children;
    const value = children.at(-1);
    return oid === undefined || value === undefined
      ? []
      : [
          {
            oid: oidText(oid.content),
            critical: children.length === 3 && children[1]?.content[0] === 0xff,
            value: value.content,
          },
        ];
  });

export function readCertificateDer(bytes: Uint8Array): ParsedCertificate | undefined {
  const signed = readSigned(bytes);
  if (signed === undefined) return undefined;
  const { body, ...rest } = signed;
  const version =
    body.children[0]?.tag === 0xa0
      ? Number(integerOf(body.children[0].children[0]?.content ?? new Uint8Array())) + 1
      : 1;
  const [serial, , issuer, validity, subject, info] = body.children.slice(
    version === 1 && body.children[0]?.tag !== 0xa0 ? 0 : 1,
  );
  const [notBefore, notAfter] = validity?.children ?? [];
  if (serial === undefined || notBefore === undefined || notAfter === undefined) return undefined;
  return {
    ...rest,
    version,
    serial: integerOf(serial.content),
    issuer: readName(issuer),
    subject: readName(subject),
    notBeforeMs: derTimeOf(notBefore),
    notAfterMs: derTimeOf(notAfter),
    key: readPublicKeyInfo(info),
    extensions: readExtensions(body.children.find(({ tag }) => tag === 0xa3)?.children[0]),
  };
}

export function readRequestDer(bytes: Uint8Array): ParsedRequest | undefined {
  const signed = readSigned(bytes);
  if (signed === undefined) return undefined;
  const { body, ...rest } = signed;
  const [version, subject, info, attributes] = body.children;
  if (version?.tag !== TAG.integer || subject?.tag !== TAG.sequence || info?.tag !== TAG.sequence) return undefined;
  const wanted = attributes?.children.find(
    ({ children: [oid] }) => oid !== undefined && oidText(oid.content) === OID_EXTENSION_REQUEST,
  );
  return {
    ...rest,
    subject: readName(subject),
    key: readPublicKeyInfo(info),
    extensions: readExtensions(wanted?.children[1]?.children[0]),
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Nov 21 10:29:48 2026 GMT`. */
export function timeText(ms: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(ms / 1_000));
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
  return `${MONTHS[month - 1] ?? ''} ${String(day).padStart(2)} ${clock} ${String(year)} GMT`;
}

/** Whether a key made the signature. */
export function isSignatureOf({ signedPart, signature, algorithm }: Signed, key: PublicKey | undefined): boolean {
  const hash = ECDSA[algorithm];
  if (key?.type === 'ec' && hash !== undefined) return verifyEc(signature, signedPart, key, hash);
  if (key?.type === 'ed25519' && algorithm === OID_ED25519) return verifyEd25519(signature, signedPart, key);
  const digest = RSA[algorithm];
  return key?.type === 'rsa' && digest !== undefined && verifyRsa(signature, signedPart, key, digest);
}

/** A body with its signature. */
function sign(body: (algorithm: Uint8Array) => Uint8Array, key: SshPrivateKey): Uint8Array {
  const algorithm = derSequence(...SIGNATURE_ALGORITHMS[key.type]);
  const content = body(algorithm);
  const signature = signatureOf(content, key);
  return derSequence(content, algorithm, derBits(signature));
}

const SIGNATURE_ALGORITHMS: Readonly<Record<SshPrivateKey['type'], readonly Uint8Array[]>> = {
  rsa: [derOid('1.2.840.113549.1.1.11'), derNull()],
  ec: [derOid('1.2.840.10045.4.3.2')],
  ed25519: [derOid(OID_ED25519)],
};

function signatureOf(content: Uint8Array, key: SshPrivateKey): Uint8Array {
  switch (key.type) {
    case 'rsa':
      return signRsa(content, key);
    case 'ec':
      return signEc(content, key, sha256);
    case 'ed25519':
      return signEd25519(content, key);
  }
}

const encodeExtensions = (extensions: readonly CertificateExtension[]): Uint8Array =>
  derSequence(
    ...extensions.map(({ oid, critical, value }) =>
      derSequence(
        derOid(oid),
        ...(critical ? [der(TAG.boolean, Uint8Array.of(0xff))] : []),
        der(TAG.octetString, value),
      ),
    ),
  );

export interface CertificateContent {
  readonly serial: bigint;
  readonly issuer: readonly NameAttribute[];
  readonly subject: readonly NameAttribute[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly key: PublicKey;
  readonly extensions: readonly CertificateExtension[];
}

/** DER of a signed certificate: version 3 where it has extensions, as openssl does. */
export const makeCertificate = (content: CertificateContent, by: SshPrivateKey): Uint8Array =>
  sign(
    (algorithm) =>
      derSequence(
        ...(content.extensions.length === 0 ? [] : [der(0xa0, derInteger(2n))]),
        derInteger(content.serial),
        algorithm,
        encodeName(content.issuer),
        derSequence(derTime(content.notBeforeMs), derTime(content.notAfterMs)),
        encodeName(content.subject),
        publicKeyInfo(content.key),
        ...(content.extensions.length === 0 ? [] : [der(0xa3, encodeExtensions(content.extensions))]),
      ),
    by,
  );

/** DER of a signed request. */
export const makeRequest = (
  subject: readonly NameAttribute[],
  key: SshPrivateKey,
  extensions: readonly CertificateExtension[],
): Uint8Array =>
  sign(
    () =>
      derSequence(
        derInteger(0n),
        encodeName(subject),
        publicKeyInfo(key),
        extensions.length === 0
          ? der(0xa0)
          : der(0xa0, derSequence(derOid(OID_EXTENSION_REQUEST), der(TAG.set, encodeExtensions(extensions)))),
      ),
    key,
  );

export const sameName = (a: readonly NameAttribute[], b: readonly NameAttribute[]): boolean =>
  nameText(a) === nameText(b);
