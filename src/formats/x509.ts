/**
 * X.509 certificates (RFC 5280) with ECDSA P-256 keys: issue, encode as PEM, and read back what a peer's check needs.
 * Equal inputs give equal certificates.
 */
import { decodeUtf8 } from '../protocol/bytes.ts';
import {
  type DerNode,
  TAG,
  bitsOf,
  der,
  derBits,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derText,
  derTime,
  derTimeOf,
  oidText,
  readDerNode,
} from './der.ts';
import { type KeyPair, signP256, verifyP256 } from './keys/p256.ts';
import { pemBlocks, pemText } from './pem.ts';

const OID_EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const OID_P256 = '1.2.840.10045.3.1.7';
const OID_ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const OID_COMMON_NAME = '2.5.4.3';
const OID_ORGANIZATION = '2.5.4.10';
const OID_KEY_USAGE = '2.5.29.15';
const OID_ALTERNATIVE_NAME = '2.5.29.17';
const OID_BASIC_CONSTRAINTS = '2.5.29.19';
const OID_EXTENDED_KEY_USAGE = '2.5.29.37';
const PURPOSES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
/** digitalSignature, keyEncipherment and, of an authority, keyCertSign; before them the number of bits that are not used. */
const USAGE = { authority: Uint8Array.of(2, 0b1010_0100), leaf: Uint8Array.of(5, 0b1010_0000) } as const;
/** Tags that count from 0 within what holds them: [0] and [3] of a certificate, names of a host. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
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
  /** IPv4. */
  readonly ipAddresses: readonly string[];
}

export interface CertificateFacts {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly dnsNames: readonly string[];
  /** IPv4. */
  readonly ipAddresses: readonly string[];
}

/** DER of a signed certificate. */
export function issueCertificate(request: CertificateRequest): Uint8Array {
  const algorithm = derSequence(derOid(OID_ECDSA_SHA256));
  const toBeSigned = derSequence(
    der(VERSION, derInteger(2n)),
    derInteger(BigInt(request.serial)),
    algorithm,
    nameOf(request.issuer),
    derSequence(derTime(request.notBeforeMs), derTime(request.notAfterMs)),
    nameOf(request.subject),
    derSequence(derSequence(derOid(OID_EC_PUBLIC_KEY), derOid(OID_P256)), derBits(request.publicKey)),
    der(EXTENSIONS, derSequence(...extensionsOf(request))),
  );
  return derSequence(toBeSigned, algorithm, derBits(signP256(toBeSigned, request.issuerKey)));
}

function nameOf({ commonName, organizations }: Subject): Uint8Array {
  const part = (type: string, value: string): Uint8Array =>
    der(TAG.set, derSequence(derOid(type), derText(TAG.utf8, value)));
  return derSequence(...organizations.map((name) => part(OID_ORGANIZATION, name)), part(OID_COMMON_NAME, commonName));
}

function extensionsOf({ authority, usage, dnsNames, ipAddresses }: CertificateRequest): readonly Uint8Array[] {
  const yes = der(TAG.boolean, Uint8Array.of(0xff));
  const critical = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), yes, derOctets(value));
  const plain = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), derOctets(value));
  const purposes = usage.map((purpose) => derOid(PURPOSES[purpose]));
  const names = [
    ...dnsNames.map((name) => derText(DNS_NAME, name)),
    ...ipAddresses.map((ip) => der(IP_ADDRESS, Uint8Array.from(ip.split('.').map(Number)))),
  ];
  return [
    critical(OID_KEY_USAGE, der(TAG.bitString, authority ? USAGE.authority : USAGE.leaf)),
    ...(purposes.length === 0 ? [] : [plain(OID_EXTENDED_KEY_USAGE, derSequence(...purposes))]),
    critical(OID_BASIC_CONSTRAINTS, authority ? derSequence(yes) : derSequence()),
    ...(names.length === 0 ? [] : [plain(OID_ALTERNATIVE_NAME, derSequence(...names))]),
  ];
}

interface Parts {
  readonly signedPart: DerNode;
  readonly signature: DerNode;
  readonly issuer: DerNode;
  readonly validity: readonly [from: DerNode, to: DerNode];
  readonly subject: DerNode;
  readonly key: DerNode;
  readonly extensions: readonly DerNode[];
}

/** The parts of the first certificate in a text; undefined where there is none. */
function partsOf(pem: string): Parts | undefined {
  const block = pemBlocks(pem).find(({ label }) => label === 'CERTIFICATE');
  const [signedPart, , signature] = (block && readDerNode(block.bytes))?.children ?? [];
  if (signedPart === undefined || signature === undefined) return undefined;
  const { children } = signedPart;
  const [, , issuer, validity, subject, keyInfo] = children[0]?.tag === VERSION ? children.slice(1) : children;
  const [from, to] = validity?.children ?? [];
  const key = keyInfo?.children[1];
  if (issuer === undefined || from === undefined || to === undefined) return undefined;
  if (subject === undefined || key === undefined) return undefined;
  const extensions = children.find(({ tag }) => tag === EXTENSIONS)?.children[0]?.children ?? [];
  return { signedPart, signature, issuer, validity: [from, to], subject, key, extensions };
}

/** What a certificate says; undefined for text that is none. */
export function readCertificate(pem: string): CertificateFacts | undefined {
  const parts = partsOf(pem);
  if (parts === undefined) return undefined;
  const names = extensionOf(parts.extensions, OID_ALTERNATIVE_NAME)?.children ?? [];
  const contents = (wanted: number): readonly Uint8Array[] =>
    names.filter(({ tag }) => tag === wanted).map(({ content }) => content);
  return {
    subject: subjectOf(parts.subject),
    issuer: subjectOf(parts.issuer),
    notBeforeMs: derTimeOf(parts.validity[0]),
    notAfterMs: derTimeOf(parts.validity[1]),
    dnsNames: contents(DNS_NAME).map(decodeUtf8),
    ipAddresses: contents(IP_ADDRESS)
      .filter(({ length }) => length === 4)
      .map((bytes) => bytes.join('.')),
  };
}

function extensionOf(extensions: readonly DerNode[], oid: string): DerNode | undefined {
  const extension = extensions.find(
    ({ children }) => children[0] !== undefined && oidText(children[0].content) === oid,
  );
  const value = extension?.children.at(-1);
  return value === undefined ? undefined : readDerNode(value.content);
}

function subjectOf(name: DerNode): Subject {
  const values = (type: string): readonly string[] =>
    name.children.flatMap((part) =>
      part.children.flatMap(({ children: [oid, value] }) =>
        oid !== undefined && value !== undefined && oidText(oid.content) === type ? [decodeUtf8(value.content)] : [],
      ),
    );
  return { commonName: values(OID_COMMON_NAME)[0] ?? '', organizations: values(OID_ORGANIZATION) };
}

/** Whether the certificate's signature was made by the authority's key. */
export function isSignedBy(pem: string, authorityPem: string): boolean {
  const certificate = partsOf(pem);
  const authority = partsOf(authorityPem);
  if (certificate === undefined || authority === undefined) return false;
  return verifyP256(bitsOf(certificate.signature), certificate.signedPart.whole, bitsOf(authority.key));
}

/** PEM of a P-256 secret key in SEC 1 form. */
export const privateKeyPem = ({ secret, public: point }: KeyPair): string =>
  pemText(
    'EC PRIVATE KEY',
    derSequence(derInteger(1n), derOctets(secret), der(0xa0, derOid(OID_P256)), der(0xa1, derBits(point))),
  );
