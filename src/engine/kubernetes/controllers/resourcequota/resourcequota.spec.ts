import { expect, test } from 'vitest';
import { isFailure } from '../../apimachinery/status.ts';
import type { Draft, Pod, StringMap } from '../../apimachinery/types.ts';
import { world, type World } from '../world.spec-support.ts';

const SECOND = 1_000_000;

function withQuota(hard: StringMap): World {
  const made = world(1);
  made.advance(SECOND);
  const quota = { metadata: { name: 'team', namespace: 'default' }, spec: { hard } };
  made.client.create<string>('resourcequotas', quota);
  made.advance(SECOND);
  return made;
}

const pod = (
  name: string,
  resources: NonNullable<Pod['spec']['containers'][number]['resources']> = {},
): Draft<Pod> => ({
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'app', image: 'nginx:1.27', resources }] },
});

const answerTo = ({ client }: World, draft: Draft<Pod>): string => {
  const answer = client.create('pods', draft);
  return isFailure(answer) ? answer.message : 'created';
};

const used = ({ client }: World): unknown => {
  const quota = client.get<string>('resourcequotas', 'team', 'default') as {
    readonly status?: { readonly used?: unknown };
  };
  return quota.status?.used;
};

test('pods beyond the quota are refused, and room comes back when one goes', () => {
  const made = withQuota({ pods: '2' });
  expect(['a', 'b', 'c'].map((name) => answerTo(made, pod(name)))).toEqual([
    'created',
    'created',
    'pods "c" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2',
  ]);
  made.client.delete('pods', { name: 'a', namespace: 'default' }, { gracePeriodSeconds: 0 });
  made.advance(SECOND);
  expect(answerTo(made, pod('c'))).toBe('created');
});

test('compute is added up over containers; what exceeds is named and nothing is booked', () => {
  const made = withQuota({ 'requests.cpu': '1', 'requests.memory': '1Gi' });
  const big = { requests: { cpu: '600m', memory: '128Mi' } };
  expect(answerTo(made, pod('a', big))).toBe('created');
  expect(answerTo(made, pod('b', big))).toBe(
    'pods "b" is forbidden: exceeded quota: team, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
  );
  expect(used(made)).toEqual({ 'requests.cpu': '600m', 'requests.memory': '128Mi' });
});

test('a quota on compute wants every container to say what it takes', () => {
  const made = withQuota({ 'limits.memory': '1Gi', 'requests.cpu': '1' });
  expect(answerTo(made, pod('a'))).toBe(
    'pods "a" is forbidden: failed quota: team: must specify limits.memory for: app; requests.cpu for: app',
  );
});

test('other kinds are counted, plainly and by count/', () => {
  const made = withQuota({ configmaps: '2', 'count/deployments.apps': '0' });
  const map = (name: string): string => {
    const answer = made.client.create('configmaps', { metadata: { name, namespace: 'default' } });
    return isFailure(answer) ? answer.message : 'created';
  };
  // kube-root-ca.crt is the first.
  expect([map('a'), map('b')]).toEqual([
    'created',
    'configmaps "b" is forbidden: exceeded quota: team, requested: configmaps=1, used: configmaps=2, limited: configmaps=2',
  ]);
  const refused = made.client.create('deployments.apps', {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  });
  expect(isFailure(refused) && refused.message).toBe(
    'deployments.apps "web" is forbidden: exceeded quota: team, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
  );
});
