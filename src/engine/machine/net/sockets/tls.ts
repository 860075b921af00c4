/**
 * The check a TLS client makes of a server's certificate.
 * Models: validity, names and whether a trusted authority is in the chain. Leaves out: signatures, revocation, ciphers.
 */
import { formatRfc3339 } from '../../../sim/clock.ts';
import type { TlsClientOptions } from '../../../../protocol/program.ts';
import type { TlsServerIdentity } from '../interface.ts';
import { isIpv4 } from '../../../../formats/ip.ts';

/** What is wrong, in the words of Go's crypto/x509; undefined where nothing is. */
export function verifyServer(
  identity: TlsServerIdentity,
  { serverName, authorities }: TlsClientOptions,
  nowMs: number,
): string | undefined {
  if (authorities === 'insecure') return undefined;
  const { notBeforeMs, notAfterMs, names } = identity;
  const now = formatRfc3339(nowMs);
  if (notAfterMs !== undefined && nowMs > notAfterMs) {
    return `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${now} is after ${formatRfc3339(notAfterMs)}`;
  }
  if (notBeforeMs !== undefined && nowMs < notBeforeMs) {
    return `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${now} is before ${formatRfc3339(notBeforeMs)}`;
  }
  const trusted =
    authorities === undefined
      ? identity.public === true
      : pemBlocks(authorities).some((block) => pemBlocks(identity.chain).includes(block));
  if (!trusted) return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  if (names.some((name) => nameMatches(name, serverName))) return undefined;
  const list = names.filter((name) => isIpv4(name) === isIpv4(serverName));
  if (isIpv4(serverName)) {
    return list.length === 0
      ? `tls: failed to verify certificate: x509: cannot validate certificate for ${serverName} because it doesn't contain any IP SANs`
      : `tls: failed to verify certificate: x509: certificate is valid for ${list.join(', ')}, not ${serverName}`;
  }
  return `tls: failed to verify certificate: x509: certificate is valid for ${list.join(', ')}, not ${serverName}`;
}

function nameMatches(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern.toLowerCase() === name.toLowerCase();
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot + 1).toLowerCase() === pattern.slice(2).toLowerCase();
}

const pemBlocks = (text: string): readonly string[] =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)].map((match) =>
    (match[1] ?? '').replace(/\s+/g, ''),
  );
