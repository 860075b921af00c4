/**
 * The cluster's certificates as kubeadm lays them out under /etc/kubernetes/pki.
 * Models: authorities, serving and client certificates, the service-account key. Keys are ECDSA P-256 (kubeadm's
 * encryptionAlgorithm ECDSA-P256), derived from the sandbox's seed; each is made when somebody first reads it.
 */
import type { CertificateRequest, KeyPair, Subject } from '../../../formats/x509.ts';
import { issueCertificate, keyPairFrom, pemOf, privateKeyPem } from '../../../formats/x509.ts';
import { fnv1a32 } from '../../sim/hash.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;

export interface Issued {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface ClusterPki {
  readonly authority: Issued;
  readonly etcdAuthority: Issued;
  readonly frontProxyAuthority: Issued;
  readonly serviceAccountKey: KeyPair;
  /** A client certificate, signed by the cluster's authority unless said otherwise. */
  client(subject: Subject, authority?: AuthorityName): Issued;
  /** A serving certificate. */
  server(
    commonName: string,
    dnsNames: readonly string[],
    ipAddresses: readonly string[],
    authority?: AuthorityName,
  ): Issued;
}

export type AuthorityName = 'kubernetes' | 'etcd-ca' | 'front-proxy-ca';

/** @param startMs Unix ms from which the certificates are valid */
export function clusterPki(seed: number, startMs: number): ClusterPki {
  const name = `${String(seed)}/${String(startMs)}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const pki = newPki(seed, startMs);
  if (made.size >= MAX_MADE) made.clear();
  made.set(name, pki);
  return pki;
}

/** Certificates follow from seed and time alone, so that sandboxes of one process share them. */
const made = new Map<string, ClusterPki>();
const MAX_MADE = 4;

function newPki(seed: number, startMs: number): ClusterPki {
  const cache = new Map<string, Issued>();
  const once = (name: string, make: () => Issued): Issued => {
    const known = cache.get(name) ?? make();
    cache.set(name, known);
    return known;
  };
  const key = (name: string): KeyPair => keyPairFrom(`${String(seed)}/${name}`);
  const authority = (commonName: AuthorityName): Issued =>
    once(`ca/${commonName}`, () => {
      const subject = { commonName, organizations: [] };
      const own = key(`ca/${commonName}`);
      return issue(
        {
          subject,
          issuer: subject,
          issuerKey: own,
          serial: 0,
          authority: true,
          usage: [],
          dnsNames: [commonName],
          ipAddresses: [],
        },
        own,
        startMs,
        10,
      );
    });
  const leaf = (
    name: string,
    by: AuthorityName,
    request: Pick<CertificateRequest, 'subject' | 'usage' | 'dnsNames' | 'ipAddresses'>,
  ): Issued =>
    once(`${by}/${name}`, () =>
      issue(
        {
          ...request,
          issuer: { commonName: by, organizations: [] },
          issuerKey: key(`ca/${by}`),
          serial: fnv1a32(name, seed),
          authority: false,
        },
        key(name),
        startMs,
        1,
      ),
    );
  return {
    get authority() {
      return authority('kubernetes');
    },
    get etcdAuthority() {
      return authority('etcd-ca');
    },
    get frontProxyAuthority() {
      return authority('front-proxy-ca');
    },
    get serviceAccountKey() {
      return key('sa');
    },
    client: (subject, by = 'kubernetes') =>
      leaf(`client/${subject.commonName}/${subject.organizations.join(',')}`, by, {
        subject,
        usage: ['client'],
        dnsNames: [],
        ipAddresses: [],
      }),
    server: (commonName, dnsNames, ipAddresses, by = 'kubernetes') =>
      leaf(`server/${commonName}/${ipAddresses.join(',')}`, by, {
        subject: { commonName, organizations: [] },
        usage: ['server'],
        dnsNames,
        ipAddresses,
      }),
  };
}

function issue(
  request: Omit<CertificateRequest, 'publicKey' | 'notBeforeMs' | 'notAfterMs'>,
  own: KeyPair,
  startMs: number,
  years: number,
): Issued {
  const der = issueCertificate({
    ...request,
    publicKey: own.public,
    notBeforeMs: startMs,
    notAfterMs: startMs + years * YEAR_MS,
  });
  return { certificatePem: pemOf('CERTIFICATE', der), keyPem: privateKeyPem(own) };
}
