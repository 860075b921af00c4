/**
 * openssl s_client: what a TLS server shows, and bytes to and fro.
 * Leaves out: ciphers and signature algorithms that were agreed on, the authorities that a server asks client certificates of.
 */
import { failed, strerror, type SysFailure } from '../../protocol/errno.ts';
import { pemText } from '../../formats/pem.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import { timeText, type ParsedCertificate } from './certificate.ts';
import { algorithmName, publicKeyBits, signatureName } from './certificate-text.ts';
import { checkChain } from './chain.ts';
import { nameText } from './distinguished-name.ts';
import { certificatesIn, certificatesOf } from './verify-command.ts';

const ERRNO_NUMBERS: Readonly<Record<string, number>> = {
  ECONNREFUSED: 111,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
};

export async function sClientCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 's_client', args, {
    flags: 'showcerts quiet noservername ign_eof verify_quiet tls1_3 4',
    values: 'connect servername CAfile cert key verify host port verify_hostname',
    absent:
      'starttls alpn CApath proxy msg debug state reconnect sess_out sess_in cipher ciphersuites unix psk status tlsextdebug verify_return_error brief tls1 tls1_1 tls1_2 no_tls1_3 no_tls1_2 6 bind crlf nocommands pause prexit security_debug trace keylogfile groups sigalgs curves no_ticket verifyCAfile CAstore noCAfile noCApath min_protocol max_protocol dtls cert_chain pass certform keyform',
  });
  if (call === undefined) return 1;
  const target = call.value('connect') ?? call.operands[0] ?? 'localhost:4433';
  const [, host = target, port = '4433'] = /^(.*):(\d+)$/.exec(target) ?? [];
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (ip === undefined)
    return await call.fail(
      `BIO_lookup_ex:${found.type === 'failed' ? resolveErrorText(found.reason) : ''}:calling getaddrinfo()\nconnect:errno=22`,
    );
  const certificate = call.value('cert');
  const identity = certificate === undefined ? undefined : fileText(process, certificate);
  const fd = await process.connect(
    { family: 'inet', ip, port: Number(port) },
    {
      tls: {
        serverName: call.value('servername') ?? host,
        authorities: 'insecure',
        ...(identity === undefined ? {} : { clientCertificate: identity }),
      },
    },
  );
  if (failed(fd)) return await refused(call, fd);
  const chain = process.kernel({ subsystem: 'socket', op: 'tls-chain', args: { fd } });
  const shown = certificatesIn(typeof chain === 'string' ? chain : '');
  const status = await describe(call, shown);
  if (status !== 0) return status;
  const ended = await relay(call, fd);
  process.close(fd);
  return ended;
}

async function refused(call: OpensslCall, failure: SysFailure): Promise<number> {
  if (failure.tls?.reason !== 'no-tls')
    return await call.fail(
      `BIO_connect:${strerror(failure)}:calling connect()\nconnect:errno=${String(ERRNO_NUMBERS[failure.errno] ?? 5)}`,
    );
  call.io.out(
    'CONNECTED(00000003)\n---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nNew, (NONE), Cipher is (NONE)\nVerify return code: 0 (ok)\n---\n',
  );
  return await call.fail('error:0A00010B:SSL routines:ssl3_get_record:wrong version number');
}

/** The report of the handshake. */
async function describe(call: OpensslCall, chain: readonly ParsedCertificate[]): Promise<number> {
  const { io, process } = call;
  const [leaf, ...others] = chain;
  const trusted = await certificatesOf(call, 'CAfile');
  if (trusted === undefined || leaf === undefined) return 1;
  const { path, problems } = checkChain(leaf, others, trusted, process.time().realtimeUs / 1_000);
  const [first] = problems;
  for (const [at, certificate] of [...path.entries()].reverse()) {
    for (const problem of problems.filter(({ depth }) => depth === at))
      await io.raw(
        `depth=${String(at)} ${nameText(certificate.subject)}\nverify error:num=${String(problem.code)}:${problem.text}\nverify return:1\n`,
      );
    await io.raw(`depth=${String(at)} ${nameText(certificate.subject)}\nverify return:1\n`);
  }
  if (call.has('quiet')) return 0;
  const last = problems.at(-1) ?? first;
  const chainLines = chain.flatMap((certificate, at) => [
    ` ${String(at)} s:${nameText(certificate.subject)}`,
    `   i:${nameText(certificate.issuer)}`,
    ...(certificate.key === undefined
      ? []
      : [
          `   a:PKEY: ${algorithmName(certificate.key)}, ${String(publicKeyBits(certificate.key))} (bit); sigalg: ${signatureName(certificate)}`,
        ]),
    `   v:NotBefore: ${timeText(certificate.notBeforeMs)}; NotAfter: ${timeText(certificate.notAfterMs)}`,
    ...(call.has('showcerts') ? [pemText('CERTIFICATE', certificate.der).trimEnd()] : []),
  ]);
  const lines = [
    'CONNECTED(00000003)',
    '---',
    'Certificate chain',
    ...chainLines,
    '---',
    'Server certificate',
    ...(call.has('showcerts') ? [] : [pemText('CERTIFICATE', leaf.der).trimEnd()]),
    `subject=${nameText(leaf.subject)}`,
    `issuer=${nameText(leaf.issuer)}`,
    '---',
    last === undefined ? 'Verification: OK' : `Verification error: ${last.text}`,
    '---',
    'New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256',
    ...(leaf.key === undefined ? [] : [`Server public key is ${String(publicKeyBits(leaf.key))} bit`]),
    'Secure Renegotiation IS NOT supported',
    'Compression: NONE',
    'Expansion: NONE',
    'No ALPN negotiated',
    'Early data was not sent',
    `Verify return code: ${last === undefined ? '0 (ok)' : `${String(last.code)} (${last.text})`}`,
    '---',
  ];
  io.out(`${lines.join('\n')}\n`);
  await io.flush();
  return 0;
}

/** Lines go over until `Q` or the end of input; what the server says is printed. */
async function relay(call: OpensslCall, fd: number): Promise<number> {
  const { process } = call;
  for (;;) {
    const ready = await process.poll([
      { fd: 0, read: true },
      { fd, read: true },
    ]);
    if (failed(ready)) return 1;
    if (ready.includes(fd)) {
      const bytes = await process.read(fd, 16_384);
      if (failed(bytes) || bytes.length === 0) {
        await call.io.raw('closed\n');
        return 0;
      }
      await process.write(1, bytes);
      continue;
    }
    const typed = await process.read(0, 4_096);
    if (failed(typed)) return 1;
    if (typed.length === 0 || (typed[0] === 81 && typed[1] === 10)) {
      if (call.has('ign_eof') && typed.length === 0) continue;
      await call.io.raw('DONE\n');
      return 0;
    }
    await process.write(fd, typed);
  }
}
