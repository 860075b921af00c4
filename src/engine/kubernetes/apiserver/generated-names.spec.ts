import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import { type ApiOnly, apiOnly } from './api-only.spec-support.ts';

function generated({ client }: ApiOnly): string {
  const answer = client.create('configmaps', { metadata: { generateName: 'map-', namespace: 'default' } });
  return isFailure(answer) ? answer.message : answer.metadata.name;
}

test('a generated name that is taken is drawn anew', () => {
  const free = apiOnly();
  const [first, second] = [generated(free), generated(free)];
  const taken = apiOnly();
  taken.client.create('configmaps', { metadata: { name: first, namespace: 'default' } });
  expect(generated(taken)).toBe(second);
});
