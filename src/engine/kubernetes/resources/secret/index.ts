import { encodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { type FieldError, forbiddenField, invalid, required } from '../../apimachinery/field-error.ts';
import { isConfigMapKey } from '../../apimachinery/names.ts';
import type { Secret } from '../../apimachinery/types.ts';
import { AGE, NAME, age, integer, text } from '../common/columns.ts';
import { immutable } from '../common/workload-validation.ts';
import { fill, without } from '../fill.ts';
import { entry } from '../strategy.ts';

type Own = Secret & { readonly stringData?: Readonly<Record<string, string>> };

/** The type of Secrets that the control plane fills with a token of the account that an annotation names. */
export const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
export const ACCOUNT_NAME = 'kubernetes.io/service-account.name';
export const ACCOUNT_UID = 'kubernetes.io/service-account.uid';

/** Keys that a type demands. */
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const secrets = entry<Own>('secrets', {
  columns: [NAME, text('Type'), integer('Data'), AGE],
  row: (secret, context) => [
    secret.metadata.name,
    secret.type ?? '',
    Object.keys(secret.data ?? {}).length,
    age(secret, context),
  ],
  defaults: (secret) => fill(withStringData(secret), { type: 'Opaque' }),
  validate: (secret) => {
    const errors: FieldError[] = [];
    for (const key of Object.keys(secret.data ?? {}))
      for (const problem of isConfigMapKey(key)) errors.push(invalid(`data[${key}]`, key, problem));
    if (secret.type === SERVICE_ACCOUNT_TOKEN && !secret.metadata.annotations?.[ACCOUNT_NAME])
      errors.push(required(`metadata.annotations[${ACCOUNT_NAME}]`));
    for (const key of DEMANDED[secret.type ?? ''] ?? [])
      if (secret.data?.[key] === undefined) errors.push(required(`data[${key}]`));
    return errors;
  },
  validateUpdate: (secret, old) => [
    ...immutable(secret.type, old.type, 'type'),
    ...(old.immutable === true && !deepEqual(secret.data, old.data)
      ? [forbiddenField('data', 'field is immutable when `immutable` is set')]
      : []),
  ],
  fields: { type: (secret) => secret.type ?? '' },
});

/** stringData is written in clear and stored encoded. */
function withStringData(secret: Own): Own {
  if (secret.stringData === undefined) return secret;
  const encoded = Object.fromEntries(
    Object.entries(secret.stringData).map(([key, value]) => [key, encodeBase64(encodeUtf8(value))]),
  );
  return { ...without(secret, 'stringData'), data: { ...secret.data, ...encoded } };
}
