/** openssl verify: whether certificates lead to a trusted authority. */
import { pemBlocks } from '../../formats/pem.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import { readCertificateDer, type ParsedCertificate } from './certificate.ts';
import { checkChain } from './chain.ts';
import { nameText } from './distinguished-name.ts';

export const certificatesIn = (text: string): readonly ParsedCertificate[] =>
  pemBlocks(text).flatMap(({ label, bytes }) => (label === 'CERTIFICATE' ? (readCertificateDer(bytes) ?? []) : []));

/** The certificates of a file that an option names; undefined after a complaint. */
export async function certificatesOf(
  call: OpensslCall,
  option: string,
): Promise<readonly ParsedCertificate[] | undefined> {
  const path = call.value(option);
  if (path === undefined) return [];
  const text = fileText(call.process, path);
  if (text !== undefined) return certificatesIn(text);
  await call.fail(`Could not open file or uri for loading certificates from ${path}: No such file or directory`);
  return undefined;
}

export async function verifyCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'verify', args, {
    flags: 'verbose show_chain',
    values: 'CAfile untrusted',
    absent: 'CApath purpose crl_check CRLfile verify_hostname verify_ip attime partial_chain trusted',
  });
  if (call === undefined) return 1;
  const trusted = await certificatesOf(call, 'CAfile');
  const untrusted = await certificatesOf(call, 'untrusted');
  if (trusted === undefined || untrusted === undefined) return 1;
  let status = 0;
  for (const path of call.operands) {
    const certificate = await call.certificate(path, 'certificate file');
    if (certificate === undefined) {
      status = 2;
      continue;
    }
    const { problems, path: chain } = checkChain(certificate, untrusted, trusted, process.time().realtimeUs / 1_000);
    // A missing issuer is said once.
    const told = problems.filter(({ code }) => code !== 21);
    for (const { certificate: bad, code, depth, text } of told)
      await call.io.raw(`${nameText(bad.subject)}\nerror ${String(code)} at ${String(depth)} depth lookup: ${text}\n`);
    if (told.length > 0) {
      await call.io.raw(`error ${path}: verification failed\n`);
      status = 2;
      continue;
    }
    call.io.line(`${path}: OK`);
    if (call.has('show_chain')) {
      call.io.line('Chain:');
      for (const [depth, each] of chain.entries())
        call.io.line(`depth=${String(depth)}: ${nameText(each.subject)}${depth > 0 ? '' : ' (untrusted)'}`);
    }
  }
  return await call.io.end(status);
}
