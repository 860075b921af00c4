/** @kubernetes/client-node against `npm run serve`. */
import type { V1ConfigMap, V1Pod } from '@kubernetes/client-node';
import { CoreV1Api, Exec, KubeConfig, Log, PatchStrategy, Watch, setHeaderOptions } from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Served } from './served-sandbox.spec-support.ts';
import { serve, until } from './served-sandbox.spec-support.ts';

const namespace = 'default';
let served: Served;
let config: KubeConfig;
let api: CoreV1Api;
beforeAll(async () => {
  served = await serve('--topology', 'kubeadm-3');
  config = new KubeConfig();
  // Its only way to accept plain HTTP.
  config.loadFromOptions({
    clusters: [{ name: 'drydock', server: served.kubernetes, skipTLSVerify: true }],
    users: [{ name: 'operator' }],
    contexts: [{ name: 'drydock', cluster: 'drydock', user: 'operator' }],
    currentContext: 'drydock',
  });
  api = config.makeApiClient(CoreV1Api);
});
afterAll(() => {
  served.stop();
});

const named = (name: string, data: Record<string, string>): V1ConfigMap => ({ metadata: { name, labels: { watched: name } }, data });
const shell = (name: string, script: string): V1Pod => ({ metadata: { name, labels: { role: name } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }] } });
const isReady = async (name: string): Promise<boolean> =>
  (await api.readNamespacedPod({ name, namespace })).status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;

test('creates, gets, lists by label and field, patches three ways and deletes, and a watch sees it', async () => {
  const seen: string[] = [];
  const watching = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/configmaps`,
    { labelSelector: 'watched=one' },
    (type, object: V1ConfigMap) => seen.push(`${type} ${JSON.stringify(object.data)}`),
    () => undefined,
  );
  const created = await api.createNamespacedConfigMap({ namespace, body: named('one', { a: '1' }) });
  expect([created.metadata?.name, created.metadata?.creationTimestamp instanceof Date, created.data]).toEqual(['one', true, { a: '1' }]);
  await expect(api.createNamespacedConfigMap({ namespace, body: named('one', {}) })).rejects.toMatchObject({ code: 409 });
  expect((await api.listNamespacedConfigMap({ namespace, labelSelector: 'watched=one' })).items.map(({ data }) => data)).toEqual([{ a: '1' }]);
  expect((await api.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=one' })).items.map(({ metadata }) => metadata?.uid)).toEqual([created.metadata?.uid]);
  const patches = [
    [PatchStrategy.StrategicMergePatch, { data: { a: '2' } }, { a: '2' }],
    [PatchStrategy.MergePatch, { data: { b: '3' } }, { a: '2', b: '3' }],
    [PatchStrategy.JsonPatch, [{ op: 'remove', path: '/data/a' }], { b: '3' }],
  ] as const;
  for (const [strategy, body, data] of patches) {
    expect((await api.patchNamespacedConfigMap({ name: 'one', namespace, body }, setHeaderOptions('Content-Type', strategy))).data).toEqual(data);
  }
  expect((await api.readNamespacedConfigMap({ name: 'one', namespace })).data).toEqual({ b: '3' });
  await api.deleteNamespacedConfigMap({ name: 'one', namespace });
  await expect(api.readNamespacedConfigMap({ name: 'one', namespace })).rejects.toMatchObject({ code: 404 });
  await until('the deletion', () => seen.length === 5);
  watching.abort();
  expect(seen).toEqual(['ADDED {"a":"1"}', 'MODIFIED {"a":"2"}', 'MODIFIED {"a":"2","b":"3"}', 'MODIFIED {"b":"3"}', 'DELETED {"b":"3"}']);
});

test('follows a log', async () => {
  await api.createNamespacedPod({ namespace, body: shell('count', 'for i in 1 2 3; do echo line $i; sleep 1; done') });
  await until('it runs', () => isReady('count'));
  const output = new PassThrough();
  let text = '';
  output.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await new Log(config).log(namespace, 'count', 'main', output, { follow: true });
  await until('the end', () => text === 'line 1\nline 2\nline 3\n');
});

test('runs a command with standard input and gets its exit code', async () => {
  await api.createNamespacedPod({ namespace, body: shell('box', 'sleep 3600') });
  await until('it runs', () => isReady('box'));
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const said = { stdout: '', stderr: '' };
  stdout.on('data', (bytes: Buffer) => (said.stdout += bytes.toString()));
  stderr.on('data', (bytes: Buffer) => (said.stderr += bytes.toString()));
  const status = await new Promise((resolve, reject) => {
    new Exec(config).exec(namespace, 'box', 'main', ['sh', '-c', 'read line; echo got $line; echo oops >&2; exit 7'], stdout, stderr, stdin, false, resolve).catch(reject);
    stdin.write('one\n');
  });
  expect(status).toMatchObject({ status: 'Failure', reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '7' }] } });
  expect(said).toEqual({ stdout: 'got one\n', stderr: 'oops\n' });
});
