/** openssl x509: shows certificates and signs requests. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { integerBytes, integerOf } from '../../formats/keys/big-integer.ts';
import { publicKeyPem } from '../../formats/keys/key-info.ts';
import { pemBlocks, pemText } from '../../formats/pem.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { bytesToText } from '../text.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import {
  isSignatureOf,
  makeCertificate,
  readCertificateDer,
  readRequestDer,
  timeText,
  type CertificateExtension,
  type ParsedCertificate,
} from './certificate.ts';
import { certificateText, someExtensions } from './certificate-text.ts';
import { nameText } from './distinguished-name.ts';
import { extensionOid, authorityKeyIdentifier, subjectKeyIdentifier } from './extensions.ts';
import { extensionsFrom, parseConfiguration } from './configuration.ts';

const DIGESTS = { md5, sha1, sha256, sha384, sha512 } as const;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

export async function x509Command(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'x509', args, {
    flags:
      'noout text subject issuer dates startdate enddate serial fingerprint pubkey modulus req CAcreateserial md5 sha1 sha256 sha384 sha512 x509toreq',
    values:
      'in out inform outform checkend ext nameopt days CA CAkey CAserial set_serial extfile extensions signkey key copy_extensions',
    absent: 'certopt hash subject_hash issuer_hash purpose email ocsp_uri alias trustout addtrust force_pubkey passin',
  });
  if (call === undefined) return 1;
  if (call.has('x509toreq')) return await call.fail("drydock: 'openssl x509 -x509toreq' is not simulated");
  const certificate = call.has('req') ? await signRequest(call) : await call.certificate(call.value('in'));
  if (certificate === undefined) return 1;
  const shown = show(call, certificate);
  const encoded =
    call.value('outform')?.toUpperCase() === 'DER' ? certificate.der : pemText('CERTIFICATE', certificate.der);
  const status = call.has('noout')
    ? await call.output(shown)
    : typeof encoded === 'string'
      ? await call.output(`${shown}${encoded}`)
      : await call.output(encoded);
  const checkend = call.value('checkend');
  if (checkend === undefined || status !== 0) return status;
  const expires = certificate.notAfterMs < process.time().realtimeUs / 1_000 + Number(checkend) * 1_000;
  call.io.line(expires ? 'Certificate will expire' : 'Certificate will not expire');
  return await call.io.end(expires ? 1 : 0);
}

/** What the options ask for, in their order. */
function show(call: OpensslCall, certificate: ParsedCertificate): string {
  const form = /rfc2253/i.test(call.value('nameopt') ?? '')
    ? 'rfc2253'
    : /compat/.test(call.value('nameopt') ?? '')
      ? 'compat'
      : 'oneline';
  const { subject, issuer, notBeforeMs, notAfterMs, serial, key, extensions } = certificate;
  const digest = (Object.keys(DIGESTS) as (keyof typeof DIGESTS)[]).find((name) => call.has(name));
  const lines = call.order.flatMap(([name, value]): readonly string[] => {
    switch (name) {
      case 'text':
        return [certificateText(certificate)];
      case 'subject':
        return [`subject=${nameText(subject, form)}`];
      case 'issuer':
        return [`issuer=${nameText(issuer, form)}`];
      case 'dates':
        return [`notBefore=${timeText(notBeforeMs)}`, `notAfter=${timeText(notAfterMs)}`];
      case 'startdate':
        return [`notBefore=${timeText(notBeforeMs)}`];
      case 'enddate':
        return [`notAfter=${timeText(notAfterMs)}`];
      case 'serial':
        return [`serial=${hex(integerBytes(serial))}`];
      case 'fingerprint':
        return [`${digest ?? 'SHA1'} Fingerprint=${fingerprint(certificate.der, digest ?? 'sha1')}`];
      case 'pubkey':
        return key === undefined ? [] : [publicKeyPem(key).trimEnd()];
      case 'modulus':
        return [
          `Modulus=${key?.type === 'rsa' ? hex(integerBytes(key.modulus)) : 'No modulus for this public key type'}`,
        ];
      case 'ext': {
        const wanted = value.split(',').map(extensionOid);
        const found = extensions.filter(({ oid }) => wanted.includes(oid));
        return found.length === 0 ? [`No extensions matching in certificate`] : [someExtensions(found)];
      }
      default:
        return [];
    }
  });
  return lines.map((line) => `${line}\n`).join('');
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
const fingerprint = (bytes: Uint8Array, digest: keyof typeof DIGESTS): string =>
  (hex(DIGESTS[digest](bytes)).match(/../g) ?? []).join(':');

/** -req: a certificate for a request, by an authority or by a key of one's own. */
async function signRequest(call: OpensslCall): Promise<ParsedCertificate | undefined> {
  const { io, process } = call;
  const bytes = await call.input('certificate request');
  if (bytes === undefined) return undefined;
  const block = pemBlocks(bytesToText(bytes)).find(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  const request = readRequestDer(block?.bytes ?? bytes);
  if (request?.key === undefined) {
    await call.fail('Could not read certificate request\nUnable to load certificate request');
    return undefined;
  }
  if (!isSignatureOf(request, request.key)) {
    await call.fail('Certificate request self-signature did not match the contents');
    return undefined;
  }
  await io.raw(`Certificate request self-signature ok\nsubject=${nameText(request.subject)}\n`);
  const authorityPath = call.value('CA');
  const authority = authorityPath === undefined ? undefined : await call.certificate(authorityPath, 'CA certificate');
  if (authorityPath !== undefined && authority === undefined) return undefined;
  const keyPath = call.value('CAkey') ?? call.value('signkey') ?? call.value('key') ?? authorityPath;
  if (keyPath === undefined) {
    await call.fail('We need a private key to sign with, use -key or -CAkey');
    return undefined;
  }
  const key = await call.privateKey(keyPath, authority === undefined ? 'private key' : 'CA private key');
  if (key === undefined) return undefined;
  const extensions = await wantedExtensions(call, request.extensions, request.key, authority?.key ?? request.key);
  if (extensions === undefined) return undefined;
  const nowMs = Math.floor(process.time().realtimeUs / 1e6) * 1_000;
  const der = makeCertificate(
    {
      serial: nextSerial(call),
      issuer: authority?.subject ?? request.subject,
      subject: request.subject,
      notBeforeMs: nowMs,
      notAfterMs: nowMs + Number(call.value('days') ?? DEFAULT_DAYS) * DAY_MS,
      key: request.key,
      extensions,
    },
    key,
  );
  const made = readCertificateDer(der);
  if (made !== undefined && !isSignatureOf(made, authority?.key ?? request.key)) {
    await call.fail('CA certificate and CA private key do not match');
    return undefined;
  }
  return made;
}

/** Those of -extfile, and those that the request asks for where -copy_extensions says so. */
async function wantedExtensions(
  call: OpensslCall,
  requested: readonly CertificateExtension[],
  own: Parameters<typeof subjectKeyIdentifier>[0],
  issuer: Parameters<typeof subjectKeyIdentifier>[0],
): Promise<readonly CertificateExtension[] | undefined> {
  const path = call.value('extfile');
  const copied = /^copy/.test(call.value('copy_extensions') ?? '') ? requested : [];
  if (path === undefined)
    return copied.length === 0 ? [] : [...copied, subjectKeyIdentifier(own), authorityKeyIdentifier(issuer)];
  const bytes = await call.input('extension file', path);
  if (bytes === undefined) return undefined;
  const made = extensionsFrom(
    parseConfiguration(bytesToText(bytes)),
    call.value('extensions') ?? 'default',
    own,
    issuer,
  );
  if (typeof made === 'string') {
    await call.fail(`Error checking x509 extension section ${call.value('extensions') ?? 'default'}\n${made}`);
    return undefined;
  }
  const has = (oid: string): boolean => made.some((each) => each.oid === oid);
  return [
    ...made,
    ...copied.filter(({ oid }) => !has(oid)),
    ...[subjectKeyIdentifier(own), authorityKeyIdentifier(issuer)].filter(({ oid }) => !has(oid)),
  ];
}

/** -set_serial, the next of -CAserial's file, or a random one; a file keeps what was used. */
function nextSerial(call: OpensslCall): bigint {
  const { process } = call;
  const given = call.value('set_serial');
  if (given !== undefined) return BigInt(given);
  const random = integerOf(process.random(20)) & ((1n << 159n) - 1n);
  const path = call.value('CAserial');
  if (path === undefined) return random;
  const held = fileText(process, path)?.trim();
  const serial = held === undefined || !/^[0-9A-Fa-f]+$/.test(held) ? random : BigInt(`0x${held}`) + 1n;
  process.writeFile(
    path,
    Uint8Array.from(`${hex(integerBytes(serial))}\n`, (char) => char.charCodeAt(0)),
  );
  return serial;
}
