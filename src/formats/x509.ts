/**
 * X.509 certificates (RFC 5280) with ECDSA P-256 keys: issue, encode as PEM, and read back what a peer's check needs.
 * Keys come from given bytes and signatures are deterministic (RFC 6979), so equal inputs give equal certificates.
 */
import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256 as platformP256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AsnConvert, AsnIntegerArrayBufferConverter, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
} from '@peculiar/asn1-x509';
import { encodeBase64, decodeBase64, encodeUtf8 } from '../protocol/bytes.ts';

const OID_EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const OID_P256 = new Uint8Array([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]);
const OID_ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const OID_COMMON_NAME = '2.5.4.3';
const OID_ORGANIZATION = '2.5.4.10';
const OID_SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const OID_CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

export interface KeyPair {
  readonly secret: Uint8Array;
  /** Uncompressed point, 65 bytes. */
  readonly public: Uint8Array;
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly publicKey: Uint8Array;
  readonly issuer: Subject;
  readonly issuerKey: KeyPair;
  readonly serial: number;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly authority: boolean;
  readonly usage: readonly ('server' | 'client')[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

export interface CertificateFacts {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/**
 * P-256 without the platform's chance: the library blinds secret multiplications with random bytes, which change no result;
 * these keys protect nothing, so fixed bytes do.
 */
const fixedBytes = (count = 32): Uint8Array<ArrayBuffer> => new Uint8Array(count).fill(0x5d);
const curve = weierstrass(platformP256.Point.CURVE(), { randomBytes: fixedBytes });
// A world makes a handful of keys: a table of the base point's multiples would cost more than it saves.
curve.BASE.precompute(1);
const p256 = ecdsa(curve, sha256, { randomBytes: fixedBytes });

/** A key pair whose secret is derived from the seed text; equal texts give equal keys. */
export function keyPairFrom(seedText: string): KeyPair {
  let secret = sha256(encodeUtf8(seedText));
  while (!p256.utils.isValidSecretKey(secret)) secret = sha256(secret);
  return { secret, public: p256.getPublicKey(secret, false) };
}

/** DER of a signed certificate. */
export function issueCertificate(request: CertificateRequest): Uint8Array {
  const algorithm = new AlgorithmIdentifier({ algorithm: OID_ECDSA_SHA256 });
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: AsnIntegerArrayBufferConverter.toASN(integerBytes(request.serial)).valueBlock.valueHexView.slice()
      .buffer,
    signature: algorithm,
    issuer: nameOf(request.issuer),
    validity: new Validity({ notBefore: dateOf(request.notBeforeMs), notAfter: dateOf(request.notAfterMs) }),
    subject: nameOf(request.subject),
    subjectPublicKeyInfo: new SubjectPublicKeyInfo({
      algorithm: new AlgorithmIdentifier({ algorithm: OID_EC_PUBLIC_KEY, parameters: bufferOf(OID_P256) }),
      subjectPublicKey: bufferOf(request.publicKey),
    }),
    extensions: new Extensions(extensionsOf(request)),
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbs));
  const signature = p256.sign(signed, request.issuerKey.secret, { format: 'der' });
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: algorithm,
    signatureValue: bufferOf(signature),
  });
  return new Uint8Array(AsnConvert.serialize(certificate));
}

/** What a certificate says; undefined for text that is none. */
export function readCertificate(pem: string): CertificateFacts | undefined {
  const der = derOfPem(pem, 'CERTIFICATE');
  if (der === undefined) return undefined;
  let certificate: Certificate;
  try {
    certificate = AsnConvert.parse(der, Certificate);
  } catch {
    return undefined;
  }
  const tbs = certificate.tbsCertificate;
  const alternative = tbs.extensions?.find(({ extnID }) => extnID === id_ce_subjectAltName);
  const names =
    alternative === undefined ? [] : [...AsnConvert.parse(alternative.extnValue.buffer, SubjectAlternativeName)];
  return {
    subject: subjectOf(tbs.subject),
    issuer: subjectOf(tbs.issuer),
    notBeforeMs: tbs.validity.notBefore.getTime().getTime(),
    notAfterMs: tbs.validity.notAfter.getTime().getTime(),
    dnsNames: names.flatMap(({ dNSName }) => (dNSName === undefined ? [] : [dNSName])),
    ipAddresses: names.flatMap(({ iPAddress }) => (iPAddress === undefined ? [] : [iPAddress])),
  };
}

/** Whether the certificate's signature was made by the authority's key. */
export function isSignedBy(pem: string, authorityPem: string): boolean {
  const der = derOfPem(pem, 'CERTIFICATE');
  const authority = derOfPem(authorityPem, 'CERTIFICATE');
  if (der === undefined || authority === undefined) return false;
  try {
    const certificate = AsnConvert.parse(der, Certificate);
    const signer = AsnConvert.parse(authority, Certificate);
    const signed = new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate));
    const key = new Uint8Array(signer.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey);
    // openssl and Go make either of the two values of S.
    return p256.verify(new Uint8Array(certificate.signatureValue), signed, key, { format: 'der', lowS: false });
  } catch {
    return false;
  }
}

/** PEM text (RFC 7468) of DER bytes. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** DER bytes of the first block with this label, or undefined. */
export function derOfPem(pem: string, label: string): Uint8Array | undefined {
  const match = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(pem);
  return match?.[1] === undefined ? undefined : decodeBase64(match[1]);
}

/** PEM of a P-256 secret key in SEC 1 form. */
export function privateKeyPem(key: KeyPair): string {
  const inner = [0x02, 0x01, 0x01, 0x04, 0x20, ...key.secret, 0xa0, OID_P256.length, ...OID_P256];
  const point = [0x03, key.public.length + 1, 0x00, ...key.public];
  const body = [...inner, 0xa1, point.length, ...point];
  return pemOf('EC PRIVATE KEY', new Uint8Array([0x30, ...lengthOctets(body.length), ...body]));
}

const lengthOctets = (length: number): number[] => (length < 128 ? [length] : [0x81, length]);

const bufferOf = (bytes: Uint8Array): ArrayBuffer => {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
};

function integerBytes(value: number): ArrayBuffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return bufferOf(new Uint8Array((even.match(/../g) ?? []).map((pair) => parseInt(pair, 16))));
}

function nameOf({ commonName, organizations }: Subject): Name {
  const part = (type: string, value: string): RelativeDistinguishedName =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: value }) }),
    ]);
  return new Name([...organizations.map((name) => part(OID_ORGANIZATION, name)), part(OID_COMMON_NAME, commonName)]);
}

function subjectOf(name: Name): Subject {
  const values = (type: string): string[] =>
    [...name].flatMap((part) => [...part].filter((item) => item.type === type).map((item) => item.value.toString()));
  return { commonName: values(OID_COMMON_NAME)[0] ?? '', organizations: values(OID_ORGANIZATION) };
}

// The structure's own type wants a Date; made from a given number it reads no clock.
// eslint-disable-next-line no-restricted-globals -- see above
const dateOf = (unixMs: number): Date => new Date(unixMs);

function extensionsOf(request: CertificateRequest): Extension[] {
  const extension = (extnID: string, critical: boolean, value: unknown): Extension =>
    new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
  const usage = request.authority
    ? KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.keyCertSign
    : KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
  const purposes = request.usage.map((purpose) => (purpose === 'server' ? OID_SERVER_AUTH : OID_CLIENT_AUTH));
  const names = [
    ...request.dnsNames.map((dNSName) => new GeneralName({ dNSName })),
    ...request.ipAddresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  return [
    extension(id_ce_keyUsage, true, new KeyUsage(usage)),
    ...(purposes.length === 0 ? [] : [extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage(purposes))]),
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: request.authority })),
    ...(names.length === 0 ? [] : [extension(id_ce_subjectAltName, false, new SubjectAlternativeName(names))]),
  ];
}
