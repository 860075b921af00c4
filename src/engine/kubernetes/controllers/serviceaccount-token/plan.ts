import { encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Secret, ServiceAccount } from '../../apimachinery/types.ts';
import { ACCOUNT_NAME, ACCOUNT_UID, SERVICE_ACCOUNT_TOKEN } from '../../resources/secret/index.ts';

/** What a token Secret needs: nothing, its content, or its end because the account is gone or another one. */
export type TokenAction =
  | { readonly type: 'none' }
  | { readonly type: 'delete'; readonly because: string }
  | { readonly type: 'fill'; readonly secret: Secret };

/** Decides; never acts. `sign` makes the token. */
export function planToken(
  secret: Secret,
  account: ServiceAccount | undefined,
  rootCertificate: string,
  sign: (account: ServiceAccount) => string,
): TokenAction {
  const { annotations } = secret.metadata;
  const uid = annotations?.[ACCOUNT_UID];
  if (account === undefined || (uid !== undefined && uid !== account.metadata.uid))
    return { type: 'delete', because: `service account ${accountOf(secret) ?? ''} is gone` };
  const { namespace = '', name } = account.metadata;
  const data = {
    ...secret.data,
    'ca.crt': base64(rootCertificate),
    namespace: base64(namespace),
    token: secret.data?.['token'] ?? base64(sign(account)),
  };
  const isFull =
    uid !== undefined &&
    secret.data?.['token'] !== undefined &&
    secret.data['ca.crt'] === data['ca.crt'] &&
    secret.data['namespace'] === data.namespace;
  if (isFull) return { type: 'none' };
  const metadata = {
    ...secret.metadata,
    annotations: { ...annotations, [ACCOUNT_NAME]: name, [ACCOUNT_UID]: account.metadata.uid },
  };
  return { type: 'fill', secret: { ...secret, metadata, data } };
}

/** The account that a token Secret is for; undefined for other Secrets. */
export const accountOf = ({ type, metadata }: Secret): string | undefined =>
  type === SERVICE_ACCOUNT_TOKEN ? metadata.annotations?.[ACCOUNT_NAME] : undefined;

const base64 = (text: string): string => encodeBase64(encodeUtf8(text));
