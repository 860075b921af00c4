import type { TlsServerIdentity } from '../../machine/net/interface.ts';
import type { ServingNames } from './api-server-names.ts';
import type { ClusterPki } from './pki.ts';

/** What a listening process shows to TLS clients. Its certificate is signed when the first of them looks at it. */
export const servingIdentity = (pki: ClusterPki, names: ServingNames): TlsServerIdentity => ({
  get chain() {
    return pki.server(names).certificatePem + pki.authority.certificatePem;
  },
  names: [...names.dnsNames, ...names.ipAddresses],
  ...pki.validity,
});
