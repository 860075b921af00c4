/** Names of subjects and issuers: openssl's text, -subj and back. */
import { decodeUtf8 } from '../../protocol/bytes.ts';
import { der, derOid, derSequence, derText, oidText, TAG, type DerNode } from '../../formats/der.ts';

/** Attributes by their short names. */
const ATTRIBUTES: readonly (readonly [short: string, oid: string, long: string])[] = [
  ['CN', '2.5.4.3', 'commonName'],
  ['SN', '2.5.4.4', 'surname'],
  ['serialNumber', '2.5.4.5', 'serialNumber'],
  ['C', '2.5.4.6', 'countryName'],
  ['L', '2.5.4.7', 'localityName'],
  ['ST', '2.5.4.8', 'stateOrProvinceName'],
  ['street', '2.5.4.9', 'streetAddress'],
  ['O', '2.5.4.10', 'organizationName'],
  ['OU', '2.5.4.11', 'organizationalUnitName'],
  ['title', '2.5.4.12', 'title'],
  ['GN', '2.5.4.42', 'givenName'],
  ['UID', '0.9.2342.19200300.100.1.1', 'userId'],
  ['DC', '0.9.2342.19200300.100.1.25', 'domainComponent'],
  ['emailAddress', '1.2.840.113549.1.9.1', 'emailAddress'],
];

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

/** The attributes of a name in order. */
export const readName = (node: DerNode | undefined): readonly NameAttribute[] =>
  (node?.children ?? []).flatMap((set) =>
    set.children.flatMap(({ children: [type, value] }) =>
      type === undefined || value === undefined
        ? []
        : [{ oid: oidText(type.content), value: decodeUtf8(value.content) }],
    ),
  );

const shortName = (oid: string): string => ATTRIBUTES.find(([, each]) => each === oid)?.[0] ?? oid;

/** `O = system:masters, CN = me`; the RFC 2253 form goes the other way round. */
export function nameText(
  attributes: readonly NameAttribute[],
  form: 'oneline' | 'rfc2253' | 'compat' = 'oneline',
): string {
  if (form === 'compat') return attributes.map(({ oid, value }) => `/${shortName(oid)}=${value}`).join('');
  if (form === 'oneline') return attributes.map(({ oid, value }) => `${shortName(oid)} = ${quoted(value)}`).join(', ');
  return [...attributes]
    .reverse()
    .map(({ oid, value }) => `${shortName(oid)}=${value.replace(/([,+"\\<>;])/g, '\\$1')}`)
    .join(',');
}
const quoted = (value: string): string => (/[,+"\\<>;]/.test(value) ? `"${value.replace(/(["\\])/g, '\\$1')}"` : value);

/** DER of a name. */
export const encodeName = (attributes: readonly NameAttribute[]): Uint8Array =>
  derSequence(
    ...attributes.map(({ oid, value }) => {
      const country = oid === '2.5.4.6';
      const mail = oid === '1.2.840.113549.1.9.1';
      const tag = country ? TAG.printable : mail ? TAG.ia5 : TAG.utf8;
      return der(TAG.set, derSequence(derOid(oid), derText(tag, value)));
    }),
  );

/** An attribute by its short or long name. */
export const attributeOid = (name: string): string | undefined =>
  ATTRIBUTES.find(
    ([short, , long]) => short.toLowerCase() === name.toLowerCase() || long.toLowerCase() === name.toLowerCase(),
  )?.[1];

/** `/CN=bob/O=dev`; a text is openssl's complaint. */
export function parseSubject(text: string): readonly NameAttribute[] | string {
  if (!text.startsWith('/'))
    return `name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${text.slice(1)}'`;
  const attributes: NameAttribute[] = [];
  for (const part of text.slice(1).split(/(?<!\\)[/]/)) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const oid = at < 0 ? undefined : attributeOid(part.slice(0, at));
    if (at < 0) return `Missing '=' after RDN type string '${part}' in subject name string`;
    const value = part.slice(at + 1).replace(/\\(.)/g, '$1');
    if (oid !== undefined && value !== '') attributes.push({ oid, value });
  }
  return attributes;
}
