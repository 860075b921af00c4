import { expect, test } from 'vitest';
import type { HttpRequest } from '../../protocol/http.ts';
import type { JsonValue } from '../../protocol/plain.ts';
import { applyText } from './apply.ts';

const APPS = {
  resources: [
    { name: 'deployments', kind: 'Deployment', namespaced: true },
    { name: 'deployments/scale', kind: 'Scale', namespaced: true },
  ],
};
const CORE = {
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'namespaces', kind: 'Namespace', namespaced: false },
  ],
};

/** A server that knows two groups, has one config map, and refuses a name. */
function server(asked: string[]) {
  return async ({ method, target, body }: HttpRequest) => {
    asked.push(`${method} ${target}`);
    const answer = (status: number, value: JsonValue) => ({ status, headers: {}, body: value });
    if (target === '/apis/apps/v1') return answer(200, APPS);
    if (target === '/api/v1') return answer(200, CORE);
    if (target.startsWith('/apis/x.io')) return answer(404, { message: '404 page not found' });
    if (method === 'GET') {
      return target.endsWith('/configmaps/known')
        ? answer(200, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'known' } })
        : answer(404, { message: 'not found' });
    }
    if (target.includes('/refused'))
      return answer(422, { message: 'ConfigMap "refused" is invalid: data: Invalid value' });
    return answer(200, body !== undefined && 'object' in body ? body.object : null);
  };
}

test.for([
  {
    given: 'a new deployment',
    text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
    expected: ['deployment.apps/web created'],
  },
  {
    given: 'several documents with one bad',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: known}\n---\na: [\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n',
    expected: ['configmap/known unchanged', '#2 failed', 'namespace/team created'],
  },
  { given: 'an unknown kind', text: 'apiVersion: x.io/v1\nkind: Ship\nmetadata: {name: a}\n', expected: ['#1 failed'] },
  {
    given: 'a refused object',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: refused}\n',
    expected: ['configmap/refused failed'],
  },
  { given: 'nothing', text: '# only a comment\n', expected: [] },
])('$given: $expected', async ({ text, expected }) => {
  const results = await applyText(text, server([]), false);
  expect(results.map(({ ref, outcome }) => `${ref} ${outcome}`)).toEqual(expected);
});

test('a dry run changes nothing and says so', async () => {
  const asked: string[] = [];
  const [result] = await applyText('apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n', server(asked), true);
  expect({ outcome: result?.outcome, last: asked.at(-1) }).toEqual({
    outcome: 'would-create',
    last: 'PATCH /api/v1/namespaces/team?fieldManager=drydock-editor&force=true&fieldValidation=Strict&dryRun=All',
  });
});
