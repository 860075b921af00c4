/**
 * The check a TLS client makes of a server's certificate.
 * Models: validity, names and whether a trusted authority is in the chain. Leaves out: signatures, revocation, ciphers.
 */
import { formatRfc3339 } from '../../../sim/clock.ts';
import type { TlsFailure } from '../../../../protocol/errno.ts';
import type { TlsClientOptions } from '../../../../protocol/program.ts';
import type { TlsServerIdentity } from '../interface.ts';
import { isIpv4 } from '../../../../formats/ip.ts';

const refused = (reason: TlsFailure['reason'], text: string): TlsFailure => ({
  reason,
  text: `tls: failed to verify certificate: x509: ${text}`,
});

/** The other side answers in another protocol. */
export const NO_TLS: TlsFailure = { reason: 'no-tls', text: 'tls: first record does not look like a TLS handshake' };

/** What is wrong with a server's certificate; undefined where nothing is. */
export function verifyServer(
  identity: TlsServerIdentity,
  { serverName, authorities }: TlsClientOptions,
  nowMs: number,
): TlsFailure | undefined {
  if (authorities === 'insecure') return undefined;
  const { notBeforeMs, notAfterMs, names } = identity;
  const untimely = `certificate has expired or is not yet valid: current time ${formatRfc3339(nowMs)} is`;
  if (notAfterMs !== undefined && nowMs > notAfterMs)
    return refused('expired', `${untimely} after ${formatRfc3339(notAfterMs)}`);
  if (notBeforeMs !== undefined && nowMs < notBeforeMs)
    return refused('not-yet-valid', `${untimely} before ${formatRfc3339(notBeforeMs)}`);
  const trusted =
    authorities === undefined
      ? identity.public === true
      : pemBlocks(authorities).some((block) => pemBlocks(identity.chain).includes(block));
  if (!trusted) return refused('unknown-authority', 'certificate signed by unknown authority');
  if (names.some((name) => nameMatches(name, serverName))) return undefined;
  const list = names.filter((name) => isIpv4(name) === isIpv4(serverName));
  return refused(
    'wrong-name',
    isIpv4(serverName) && list.length === 0
      ? `cannot validate certificate for ${serverName} because it doesn't contain any IP SANs`
      : `certificate is valid for ${list.join(', ')}, not ${serverName}`,
  );
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
