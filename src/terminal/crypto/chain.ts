/** The path from a certificate to an authority that is trusted, and what is wrong with it. */
import { isSignatureOf, sameName, type ParsedCertificate } from './certificate.ts';

export interface ChainProblem {
  readonly code: number;
  readonly depth: number;
  readonly text: string;
  readonly certificate: ParsedCertificate;
}

const TEXTS: Readonly<Record<number, string>> = {
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  18: 'self-signed certificate',
  19: 'self-signed certificate in certificate chain',
  20: 'unable to get local issuer certificate',
  21: 'unable to verify the first certificate',
  7: 'certificate signature failure',
};

export interface CheckedChain {
  /** The leaf first. */
  readonly path: readonly ParsedCertificate[];
  readonly problems: readonly ChainProblem[];
}

const same = (a: ParsedCertificate, b: ParsedCertificate): boolean =>
  a.der.length === b.der.length && a.der.every((byte, at) => byte === b.der[at]);

export function checkChain(
  leaf: ParsedCertificate,
  others: readonly ParsedCertificate[],
  trusted: readonly ParsedCertificate[],
  nowMs: number,
): CheckedChain {
  const path = [leaf];
  for (;;) {
    const last = path.at(-1) ?? leaf;
    if (sameName(last.subject, last.issuer) || path.length > 10) break;
    const next = [...trusted, ...others].find(
      (each) => sameName(each.subject, last.issuer) && isSignatureOf(last, each.key),
    );
    if (next === undefined) break;
    path.push(next);
  }
  const top = path.at(-1) ?? leaf;
  const depth = path.length - 1;
  const problem = (code: number, at: number): ChainProblem => ({
    code,
    depth: at,
    text: TEXTS[code] ?? '',
    certificate: path[at] ?? leaf,
  });
  const problems: ChainProblem[] = [];
  const anchored = trusted.some((each) => same(each, top));
  if (!anchored && sameName(top.subject, top.issuer)) problems.push(problem(depth === 0 ? 18 : 19, depth));
  else if (!anchored) {
    problems.push(problem(20, depth));
    if (depth === 0) problems.push(problem(21, 0));
  }
  for (const [at, certificate] of path.entries()) {
    if (nowMs < certificate.notBeforeMs) problems.push(problem(9, at));
    if (nowMs > certificate.notAfterMs) problems.push(problem(10, at));
  }
  return { path, problems };
}
