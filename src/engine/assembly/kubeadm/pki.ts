/**
 * The cluster's certificates as kubeadm lays them out under /etc/kubernetes/pki.
 * Models: authorities, serving and client certificates, the service-account key. Keys are ECDSA P-256 (kubeadm's
 * encryptionAlgorithm ECDSA-P256), derived from the sandbox's seed; each is made when somebody first reads it.
 */
import { type KeyPair, keyPairFrom } from '../../../formats/keys/p256.ts';
import { pemText } from '../../../formats/pem.ts';
import type { CertificateRequest, Subject } from '../../../formats/x509.ts';
import { issueCertificate, privateKeyPem } from '../../../formats/x509.ts';
import { fnv1a32 } from '../../sim/hash.ts';
import type { ServingNames } from './api-server-names.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;
const AUTHORITY_YEARS = 10;
const LEAF_YEARS = 1;

export interface Issued {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export type AuthorityName = 'kubernetes' | 'etcd-ca' | 'front-proxy-ca';

/** From when to when, Unix ms. */
export interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

type Leaf = Pick<CertificateRequest, 'subject' | 'usage' | 'dnsNames' | 'ipAddresses'>;

/** @param startMs Unix ms from which the certificates are valid */
export function clusterPki(seed: number, startMs: number): ClusterPki {
  const name = `${String(seed)}/${String(startMs)}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const pki = new ClusterPki(seed, startMs);
  if (made.size >= MAX_MADE) made.clear();
  made.set(name, pki);
  return pki;
}

/** Certificates follow from seed and time alone, so that sandboxes of one process share them. */
const made = new Map<string, ClusterPki>();
const MAX_MADE = 4;

export class ClusterPki {
  readonly #keys = new Map<string, KeyPair>();
  readonly #issued = new Map<string, Issued>();
  readonly #signed = new Set<string>();

  constructor(
    private readonly seed: number,
    private readonly startMs: number,
  ) {}

  get authority(): Issued {
    return this.#authority('kubernetes');
  }
  get etcdAuthority(): Issued {
    return this.#authority('etcd-ca');
  }
  get frontProxyAuthority(): Issued {
    return this.#authority('front-proxy-ca');
  }
  get serviceAccountKey(): KeyPair {
    return this.#key('sa');
  }
  /** Of every certificate that is not an authority's. */
  get validity(): Validity {
    return this.#years(LEAF_YEARS);
  }

  /** A client certificate, signed by the cluster's authority unless said otherwise. */
  client(subject: Subject, by: AuthorityName = 'kubernetes'): Issued {
    const leaf: Leaf = { subject, usage: ['client'], dnsNames: [], ipAddresses: [] };
    return this.#leaf(`client/${subject.commonName}/${subject.organizations.join(',')}`, by, leaf);
  }

  /** A serving certificate. */
  server({ commonName, dnsNames, ipAddresses }: ServingNames, by: AuthorityName = 'kubernetes'): Issued {
    const subject = { commonName, organizations: [] };
    const leaf: Leaf = { subject, usage: ['server'], dnsNames, ipAddresses };
    return this.#leaf(`server/${commonName}/${ipAddresses.join(',')}`, by, leaf);
  }

  /** Whether the cluster's authority itself made this certificate here: its signature needs no check. */
  hasSigned(certificatePem: string): boolean {
    return this.#signed.has(certificatePem);
  }

  #authority(commonName: AuthorityName): Issued {
    return this.#once(`ca/${commonName}`, () => {
      const subject = { commonName, organizations: [] };
      const own = this.#key(`ca/${commonName}`);
      const names = { dnsNames: [commonName], ipAddresses: [] };
      return issue(
        { subject, issuer: subject, issuerKey: own, serial: 0, authority: true, usage: [], ...names },
        own,
        this.#years(AUTHORITY_YEARS),
      );
    });
  }

  #leaf(name: string, by: AuthorityName, leaf: Leaf): Issued {
    return this.#once(`${by}/${name}`, () => {
      const issuer = { commonName: by, organizations: [] };
      const issuerKey = this.#key(`ca/${by}`);
      const made = issue(
        { ...leaf, issuer, issuerKey, serial: fnv1a32(name, this.seed), authority: false },
        this.#key(name),
        this.validity,
      );
      if (by === 'kubernetes') this.#signed.add(made.certificatePem);
      return made;
    });
  }

  #once(name: string, make: () => Issued): Issued {
    const known = this.#issued.get(name) ?? make();
    this.#issued.set(name, known);
    return known;
  }

  #key(name: string): KeyPair {
    const known = this.#keys.get(name) ?? keyPairFrom(`${String(this.seed)}/${name}`);
    this.#keys.set(name, known);
    return known;
  }

  #years(years: number): Validity {
    return { notBeforeMs: this.startMs, notAfterMs: this.startMs + years * YEAR_MS };
  }
}

function issue(
  request: Omit<CertificateRequest, 'publicKey' | 'notBeforeMs' | 'notAfterMs'>,
  own: KeyPair,
  validity: Validity,
): Issued {
  const der = issueCertificate({ ...request, publicKey: own.public, ...validity });
  return { certificatePem: pemText('CERTIFICATE', der), keyPem: privateKeyPem(own) };
}
