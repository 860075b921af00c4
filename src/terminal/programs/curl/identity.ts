/** A client's certificate and its key (--cert, --key), as OpenSSL takes them from PEM files. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';

/** The certificate to show, or what is wrong with the files. */
export function readIdentity(
  process: Process,
  certPath: string,
  keyPath = certPath,
): { readonly certificate: string } | { readonly problem: string } {
  const [file = ''] = certPath.split(':');
  const certificate = readText(process, file);
  if (certificate === undefined || !certificate.includes('-----BEGIN CERTIFICATE-----')) {
    const error =
      certificate === undefined
        ? 'error:80000002:system library::No such file or directory'
        : 'error:0480006C:PEM routines::no start line';
    return {
      problem: `could not load PEM client certificate from ${file}, OpenSSL error ${error}, (no key found, wrong pass phrase, or wrong file format?)`,
    };
  }
  const [keyFile = ''] = keyPath.split(':');
  if (!/-----BEGIN (\w+ )?PRIVATE KEY-----/.test(readText(process, keyFile) ?? ''))
    return { problem: `unable to set private key file: '${keyFile}' type PEM` };
  return { certificate };
}

function readText(process: Process, path: string): string | undefined {
  const bytes = process.readFile(path);
  return failed(bytes) ? undefined : bytesToText(bytes);
}
