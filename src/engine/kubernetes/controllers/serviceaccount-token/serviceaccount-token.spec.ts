import { expect, test } from 'vitest';
import { decodeBase64, decodeUtf8 } from '../../../../protocol/bytes.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Secret } from '../../apimachinery/types.ts';
import { world, type World } from '../world.spec-support.ts';

const SECOND = 1_000_000;

function withAccount(): World {
  const made = world(0);
  made.advance(SECOND);
  made.client.create('serviceaccounts', { metadata: { name: 'builder', namespace: 'default' } });
  made.client.create('secrets', {
    metadata: {
      name: 'builder-token',
      namespace: 'default',
      annotations: { 'kubernetes.io/service-account.name': 'builder' },
    },
    type: 'kubernetes.io/service-account-token',
  });
  made.advance(SECOND);
  return made;
}

function secretIn({ client }: World): Secret {
  const secret = client.get('secrets', 'builder-token', 'default');
  if (isFailure(secret)) throw new Error(secret.message);
  return secret;
}

const textOf = (secret: Secret, key: string): string =>
  decodeUtf8(decodeBase64(secret.data?.[key] ?? '') ?? new Uint8Array(0));

test('a token secret is filled for its account, and the token is that account', () => {
  const made = withAccount();
  const account = made.client.get('serviceaccounts', 'builder', 'default');
  if (isFailure(account)) throw new Error(account.message);
  const secret = secretIn(made);
  expect(secret.metadata.annotations).toEqual({
    'kubernetes.io/service-account.name': 'builder',
    'kubernetes.io/service-account.uid': account.metadata.uid,
  });
  expect([textOf(secret, 'ca.crt'), textOf(secret, 'namespace')]).toEqual(['CA', 'default']);
  expect(made.server.authenticator.ofToken(textOf(secret, 'token'))).toEqual({
    name: 'system:serviceaccount:default:builder',
    uid: account.metadata.uid,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
  });
});

test('a token that was taken out is made again', () => {
  const made = withAccount();
  const { data: _data, ...emptied } = secretIn(made);
  made.client.update('secrets', emptied);
  made.advance(SECOND);
  expect(Object.keys(secretIn(made).data ?? {})).toEqual(['ca.crt', 'namespace', 'token']);
});

test('with the account its token secrets go, and the token with them', () => {
  const made = withAccount();
  const token = textOf(secretIn(made), 'token');
  made.client.delete('serviceaccounts', { name: 'builder', namespace: 'default' });
  made.advance(SECOND);
  expect(made.client.get('secrets', 'builder-token', 'default')).toMatchObject({ reason: 'NotFound' });
  expect(made.server.authenticator.ofToken(token)).toBeUndefined();
});

test('a token secret has to name its account', () => {
  const { client } = world(0);
  const answer = client.create('secrets', {
    metadata: { name: 'x', namespace: 'default' },
    type: 'kubernetes.io/service-account-token',
  });
  expect(isFailure(answer) && answer.message).toBe(
    'Secret "x" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value',
  );
});
