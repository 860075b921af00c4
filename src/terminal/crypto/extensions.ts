/** Extensions of certificates: openssl's text of them, and their DER from a configuration. */
import { sha1 } from '@noble/hashes/legacy.js';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import {
  der,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derText,
  oidText,
  readDerNode,
  readDer,
  TAG,
  type DerNode,
} from '../../formats/der.ts';
import { formatIpv4, parseIpv4 } from '../../formats/ip.ts';
import { integerOf } from '../../formats/keys/big-integer.ts';
import { publicKeyInfo } from '../../formats/keys/key-info.ts';
import type { PublicKey } from '../../formats/keys/ssh-public.ts';
import type { CertificateExtension } from './certificate.ts';
import { nameText, readName } from './distinguished-name.ts';

/** Short name, OID and title. */
const EXTENSIONS: readonly (readonly [name: string, oid: string, title: string])[] = [
  ['subjectKeyIdentifier', '2.5.29.14', 'X509v3 Subject Key Identifier'],
  ['keyUsage', '2.5.29.15', 'X509v3 Key Usage'],
  ['subjectAltName', '2.5.29.17', 'X509v3 Subject Alternative Name'],
  ['basicConstraints', '2.5.29.19', 'X509v3 Basic Constraints'],
  ['authorityKeyIdentifier', '2.5.29.35', 'X509v3 Authority Key Identifier'],
  ['extendedKeyUsage', '2.5.29.37', 'X509v3 Extended Key Usage'],
];
export const extensionOid = (name: string): string | undefined => EXTENSIONS.find(([each]) => each === name)?.[1];
export const extensionTitle = (oid: string): string => EXTENSIONS.find(([, each]) => each === oid)?.[2] ?? oid;

const KEY_USAGES: readonly (readonly [name: string, title: string])[] = [
  ['digitalSignature', 'Digital Signature'],
  ['nonRepudiation', 'Non Repudiation'],
  ['keyEncipherment', 'Key Encipherment'],
  ['dataEncipherment', 'Data Encipherment'],
  ['keyAgreement', 'Key Agreement'],
  ['keyCertSign', 'Certificate Sign'],
  ['cRLSign', 'CRL Sign'],
];
const PURPOSES: readonly (readonly [name: string, oid: string, title: string])[] = [
  ['serverAuth', '1.3.6.1.5.5.7.3.1', 'TLS Web Server Authentication'],
  ['clientAuth', '1.3.6.1.5.5.7.3.2', 'TLS Web Client Authentication'],
  ['codeSigning', '1.3.6.1.5.5.7.3.3', 'Code Signing'],
  ['emailProtection', '1.3.6.1.5.5.7.3.4', 'E-mail Protection'],
];

const hexPairs = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':');

/** The value of an extension as -text shows it. */
export function extensionText({ oid, value }: CertificateExtension): string {
  const node = readDerNode(value);
  if (node === undefined) return hexPairs(value);
  switch (EXTENSIONS.find(([, each]) => each === oid)?.[0]) {
    case 'keyUsage': {
      const bits = node.content.subarray(1);
      return KEY_USAGES.filter((_, at) => (((bits[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1)
        .map(([, title]) => title)
        .join(', ');
    }
    case 'extendedKeyUsage':
      return node.children
        .map(({ content }) => PURPOSES.find(([, each]) => each === oidText(content))?.[2] ?? oidText(content))
        .join(', ');
    case 'basicConstraints': {
      const authority = node.children[0]?.tag === TAG.boolean && node.children[0].content[0] === 0xff;
      const length = node.children.find(({ tag }) => tag === TAG.integer);
      return `CA:${authority ? 'TRUE' : 'FALSE'}${length === undefined ? '' : `, pathlen:${String(integerOf(length.content))}`}`;
    }
    case 'subjectAltName':
      return node.children.map(generalName).join(', ');
    case 'subjectKeyIdentifier':
      return hexPairs(node.content);
    case 'authorityKeyIdentifier': {
      const id = node.children.find(({ tag }) => tag === 0x80);
      return id === undefined ? '' : hexPairs(id.content);
    }
    default:
      return hexPairs(value);
  }
}

function generalName({ tag, content, children }: DerNode): string {
  switch (tag) {
    case 0x81:
      return `email:${decodeUtf8(content)}`;
    case 0x82:
      return `DNS:${decodeUtf8(content)}`;
    case 0x86:
      return `URI:${decodeUtf8(content)}`;
    case 0x87:
      return content.length === 4
        ? `IP Address:${content.join('.')}`
        : `IP Address:${Array.from({ length: 8 }, (_, at) => (((content[at * 2] ?? 0) << 8) | (content[at * 2 + 1] ?? 0)).toString(16).toUpperCase()).join(':')}`;
    case 0xa4:
      return `DirName:${nameText(readName(children[0]))}`;
    default:
      return '<unsupported>';
  }
}

/** SHA-1 of the key's bits (RFC 5280, 4.2.1.2). */
function keyIdentifier(key: PublicKey): Uint8Array {
  const bits = readDer(publicKeyInfo(key))?.[0]?.children[1];
  return sha1(bits?.content.subarray(1) ?? new Uint8Array(0));
}

export const subjectKeyIdentifier = (key: PublicKey): CertificateExtension => ({
  oid: '2.5.29.14',
  critical: false,
  value: derOctets(keyIdentifier(key)),
});
export const authorityKeyIdentifier = (key: PublicKey): CertificateExtension => ({
  oid: '2.5.29.35',
  critical: false,
  value: derSequence(der(0x80, keyIdentifier(key))),
});
export const authorityConstraints: CertificateExtension = {
  oid: '2.5.29.19',
  critical: true,
  value: derSequence(der(TAG.boolean, Uint8Array.of(0xff))),
};

/** What a configuration's line says; a text names what is not understood. */
export function makeExtension(
  name: string,
  text: string,
  context: {
    readonly own: PublicKey;
    readonly issuer: PublicKey;
    /** Values of a section, for `@section`. */
    readonly section: (name: string) => readonly (readonly [string, string])[];
  },
): CertificateExtension | string {
  const oid = extensionOid(name);
  if (oid === undefined) return name;
  const words = text.split(',').map((word) => word.trim());
  const critical = words[0] === 'critical';
  const values = critical ? words.slice(1) : words;
  const made = (value: Uint8Array): CertificateExtension => ({ oid, critical, value });
  switch (name) {
    case 'keyUsage': {
      let bits = 0;
      for (const word of values) {
        const at = KEY_USAGES.findIndex(([each]) => each === word);
        if (at < 0) return word;
        bits |= 0x80 >> at;
      }
      const unused =
        bits === 0 ? 0 : Array.from({ length: 8 }, (_, at) => at).findIndex((at) => ((bits >> at) & 1) === 1);
      return made(der(TAG.bitString, Uint8Array.of(unused, bits)));
    }
    case 'extendedKeyUsage': {
      const oids = values.map((word) => PURPOSES.find(([each]) => each === word)?.[1]);
      return made(derSequence(...oids.flatMap((each) => (each === undefined ? [] : [derOid(each)]))));
    }
    case 'basicConstraints': {
      const length = /pathlen:(\d+)/i.exec(text)?.[1];
      return made(
        derSequence(
          ...(/CA:true/i.test(text) ? [der(TAG.boolean, Uint8Array.of(0xff))] : []),
          ...(length === undefined ? [] : [derInteger(BigInt(length))]),
        ),
      );
    }
    case 'subjectAltName': {
      const pairs = values.flatMap((word): readonly (readonly [string, string])[] =>
        word.startsWith('@')
          ? context.section(word.slice(1))
          : [[word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)]],
      );
      const names: Uint8Array[] = [];
      for (const [kind, value] of pairs) {
        const encoded = encodeGeneralName(kind.replace(/\.\d+$/, ''), value.trim());
        if (encoded === undefined) return `${kind}:${value}`;
        names.push(encoded);
      }
      return made(derSequence(...names));
    }
    case 'subjectKeyIdentifier':
      return subjectKeyIdentifier(context.own);
    default:
      return authorityKeyIdentifier(context.issuer);
  }
}

function encodeGeneralName(kind: string, value: string): Uint8Array | undefined {
  switch (kind) {
    case 'DNS':
      return derText(0x82, value);
    case 'email':
      return derText(0x81, value);
    case 'URI':
      return derText(0x86, value);
    case 'IP': {
      const ip = parseIpv4(value);
      return ip === undefined ? undefined : der(0x87, Uint8Array.from(formatIpv4(ip).split('.').map(Number)));
    }
    default:
      return undefined;
  }
}
