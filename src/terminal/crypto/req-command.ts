/** openssl req: requests for certificates, self-signed certificates, and what is in a request. */
import { integerOf } from '../../formats/keys/big-integer.ts';
import { pkcs8Pem, publicKeyPem } from '../../formats/keys/key-info.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import { pemBlocks, pemText } from '../../formats/pem.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText, LineReader } from '../io.ts';
import { bytesToText } from '../text.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import {
  isSignatureOf,
  makeCertificate,
  makeRequest,
  readRequestDer,
  type CertificateExtension,
} from './certificate.ts';
import { requestText } from './certificate-text.ts';
import { extensionsFrom, parseConfiguration, settingOf, type Configuration } from './configuration.ts';
import { attributeOid, nameText, parseSubject, type NameAttribute } from './distinguished-name.ts';
import { authorityConstraints, authorityKeyIdentifier, makeExtension, subjectKeyIdentifier } from './extensions.ts';
import { generateNamed } from './generate.ts';

const DAY_MS = 86_400_000;

export async function reqCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'req', args, {
    flags: 'new x509 nodes noenc text noout verify subject pubkey batch sha256 utf8 newhdr',
    values:
      'in out key newkey keyout subj days addext config extensions reqexts set_serial pkeyopt inform outform section',
    absent: 'CA CAkey passout passin sha1 sha384 sha512 md5 multivalue-rdn modulus nameopt copy_extensions',
  });
  if (call === undefined) return 1;
  const making = call.has('new') || call.has('x509') || call.has('newkey');
  return making ? await make(call) : await show(call);
}

async function show(call: OpensslCall): Promise<number> {
  const bytes = await call.input('certificate request');
  if (bytes === undefined) return 1;
  const block = pemBlocks(bytesToText(bytes)).find(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  const request = readRequestDer(block?.bytes ?? bytes);
  if (request === undefined) return await call.fail('Unable to load X509 request');
  const { key, subject } = request;
  if (call.has('verify'))
    await call.io.raw(
      isSignatureOf(request, key)
        ? 'Certificate request self-signature verify OK\n'
        : 'Certificate request self-signature verify failure\n',
    );
  const parts = [
    ...(call.has('text') ? [`${requestText(request)}\n`] : []),
    ...(call.has('pubkey') && key !== undefined ? [publicKeyPem(key)] : []),
    ...(call.has('subject') ? [`subject=${nameText(subject)}\n`] : []),
    ...(call.has('noout') ? [] : [pemText('CERTIFICATE REQUEST', request.der)]),
  ];
  return await call.output(parts.join(''));
}

async function make(call: OpensslCall): Promise<number> {
  const configPath = call.value('config');
  const configText = configPath === undefined ? '' : fileText(call.process, configPath);
  if (configText === undefined)
    return await call.fail(`Can't open "${configPath ?? ''}" for reading, No such file or directory`);
  const configuration = parseConfiguration(configText);
  const key = await keyFor(call, configuration);
  if (key === undefined) return 1;
  const subject = await subjectFor(call, configuration);
  if (subject === undefined) return 1;
  const extensions = extensionsFor(call, configuration, key);
  if (typeof extensions === 'string') return await call.fail(extensions);
  const der = call.has('x509') ? selfSigned(call, key, subject, extensions) : makeRequest(subject, key, extensions);
  const label = call.has('x509') ? 'CERTIFICATE' : 'CERTIFICATE REQUEST';
  const status = call.has('noout') ? 0 : await call.output(pemText(label, der));
  const parsed = call.has('text') && !call.has('x509') ? readRequestDer(der) : undefined;
  if (parsed !== undefined) await call.output(`${requestText(parsed)}\n`, undefined);
  return status;
}

/** The key of -key, or a new one that is written to -keyout. */
async function keyFor(call: OpensslCall, configuration: Configuration): Promise<SshPrivateKey | undefined> {
  const given = call.value('key');
  if (given !== undefined) return await call.privateKey(given);
  const bits = settingOf(configuration, 'req', 'default_bits');
  const kind = call.value('newkey') ?? `rsa:${bits ?? '2048'}`;
  const key = await generateNamed(call, kind, call.values('pkeyopt'));
  if (key === undefined) return undefined;
  await call.io.raw('-----\n');
  if (!call.has('nodes') && !call.has('noenc') && settingOf(configuration, 'req', 'encrypt_key') !== 'no') {
    await call.fail("drydock: 'openssl req without -nodes (keys with a passphrase)' is not simulated");
    return undefined;
  }
  const path = call.value('keyout') ?? settingOf(configuration, 'req', 'default_keyfile') ?? 'privkey.pem';
  return (await call.output(pkcs8Pem(key), path, 0o600)) === 0 ? key : undefined;
}

const QUESTIONS: readonly (readonly [short: string, prompt: string, standard: string])[] = [
  ['C', 'Country Name (2 letter code)', 'AU'],
  ['ST', 'State or Province Name (full name)', 'Some-State'],
  ['L', 'Locality Name (eg, city)', ''],
  ['O', 'Organization Name (eg, company)', 'Internet Widgits Pty Ltd'],
  ['OU', 'Organizational Unit Name (eg, section)', ''],
  ['CN', 'Common Name (e.g. server FQDN or YOUR name)', ''],
  ['emailAddress', 'Email Address', ''],
];
const INTRODUCTION = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;

/** -subj, a configuration that does not prompt, or the answers of whoever sits there. */
async function subjectFor(
  call: OpensslCall,
  configuration: Configuration,
): Promise<readonly NameAttribute[] | undefined> {
  const given = call.value('subj');
  if (given !== undefined) {
    const subject = parseSubject(given);
    if (typeof subject !== 'string') return subject;
    await call.fail(`req: ${subject}`);
    return undefined;
  }
  const section = settingOf(configuration, 'req', 'distinguished_name');
  if (section !== undefined && settingOf(configuration, 'req', 'prompt') === 'no')
    return (configuration.get(section) ?? []).flatMap(([name, value]) => {
      const oid = attributeOid(name.replace(/^\d+\./, ''));
      return oid === undefined ? [] : [{ oid, value }];
    });
  return await askSubject(call);
}

async function askSubject(call: OpensslCall): Promise<readonly NameAttribute[]> {
  await call.io.raw(INTRODUCTION);
  const reader = new LineReader(call.process, 0);
  const subject: NameAttribute[] = [];
  for (const [short, prompt, standard] of QUESTIONS) {
    await call.io.raw(`${prompt} [${standard}]:`);
    const answer = (await reader.nextText()) ?? '';
    const value = answer === '' ? standard : answer === '.' ? '' : answer;
    const oid = attributeOid(short);
    if (value !== '' && oid !== undefined) subject.push({ oid, value });
  }
  if (call.has('x509')) return subject;
  await call.io.raw("\nPlease enter the following 'extra' attributes\nto be sent with your certificate request\n");
  for (const prompt of ['A challenge password', 'An optional company name']) {
    await call.io.raw(`${prompt} []:`);
    await reader.nextText();
  }
  return subject;
}

/** Extensions of the configuration and of -addext; a self-signed certificate has an authority's by default. */
function extensionsFor(
  call: OpensslCall,
  configuration: Configuration,
  key: SshPrivateKey,
): readonly CertificateExtension[] | string {
  const own = call.has('x509');
  const section =
    call.value(own ? 'extensions' : 'reqexts') ??
    call.value(own ? 'reqexts' : 'extensions') ??
    settingOf(configuration, 'req', own ? 'x509_extensions' : 'req_extensions');
  const configured =
    section !== undefined
      ? extensionsFrom(configuration, section, key, key)
      : own && call.value('config') === undefined
        ? [subjectKeyIdentifier(key), authorityKeyIdentifier(key), authorityConstraints]
        : [];
  if (typeof configured === 'string') return configured;
  const all = [...configured];
  for (const text of call.values('addext')) {
    const at = text.indexOf('=');
    const made = makeExtension(text.slice(0, at).trim(), text.slice(at + 1).trim(), {
      own: key,
      issuer: key,
      section: (name) => configuration.get(name) ?? [],
    });
    if (typeof made === 'string') return `Error adding extension ${text}: ${made}`;
    const there = all.findIndex(({ oid }) => oid === made.oid);
    if (there >= 0) all[there] = made;
    else all.push(made);
  }
  return all;
}

function selfSigned(
  call: OpensslCall,
  key: SshPrivateKey,
  subject: readonly NameAttribute[],
  extensions: readonly CertificateExtension[],
): Uint8Array {
  const nowMs = Math.floor(call.process.time().realtimeUs / 1e6) * 1_000;
  const serial = call.value('set_serial');
  return makeCertificate(
    {
      serial: serial === undefined ? integerOf(call.process.random(20)) & ((1n << 159n) - 1n) : BigInt(serial),
      issuer: subject,
      subject,
      notBeforeMs: nowMs,
      notAfterMs: nowMs + Number(call.value('days') ?? '30') * DAY_MS,
      key,
      extensions,
    },
    key,
  );
}
