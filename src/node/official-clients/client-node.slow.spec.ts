/** @kubernetes/client-node against `npm run serve`. */
import type { ObservableMiddleware, V1ConfigMap, V1Pod, V1RoleBinding } from '@kubernetes/client-node';
import {
  ApiException,
  CoreV1Api,
  Exec,
  KubeConfig,
  Log,
  Observable,
  PatchStrategy,
  PortForward,
  RbacAuthorizationV1Api,
  ResponseContext,
  SelfDecodingBody,
  Watch,
  setHeaderOptions,
} from '@kubernetes/client-node';
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
  config = configOf({ name: 'operator' });
  api = config.makeApiClient(CoreV1Api);
});
afterAll(() => {
  served.stop();
});

function configOf(user: { readonly name: string; readonly token?: string }): KubeConfig {
  const made = new KubeConfig();
  made.loadFromOptions({
    // Its only way to accept plain HTTP.
    clusters: [{ name: 'drydock', server: served.kubernetes, skipTLSVerify: true }],
    users: [user],
    contexts: [{ name: 'drydock', cluster: 'drydock', user: user.name }],
    currentContext: 'drydock',
  });
  return made;
}

const named = (name: string, data: Record<string, string>): V1ConfigMap => ({
  metadata: { name, labels: { watched: name } },
  data,
});
const shell = (name: string, script: string): V1Pod => ({
  metadata: { name, labels: { role: name } },
  spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }] },
});
const bound = (account: string): V1RoleBinding => ({
  metadata: { name: account },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account },
  subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
});
const isReady = async (name: string): Promise<boolean> =>
  (await api.readNamespacedPod({ name, namespace })).status?.conditions?.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  ) === true;

test('creates, gets, lists by label and field, patches three ways and deletes, and a watch sees it', async () => {
  const seen: string[] = [];
  const watching = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/configmaps`,
    { labelSelector: 'watched=one' },
    (type, object: V1ConfigMap) => seen.push(`${type} ${JSON.stringify(object.data)}`),
    () => undefined,
  );
  const created = await api.createNamespacedConfigMap({ namespace, body: named('one', { a: '1' }) });
  expect([created.metadata?.name, created.metadata?.creationTimestamp instanceof Date, created.data]).toEqual([
    'one',
    true,
    { a: '1' },
  ]);
  await expect(api.createNamespacedConfigMap({ namespace, body: named('one', {}) })).rejects.toMatchObject({
    code: 409,
  });
  expect(
    (await api.listNamespacedConfigMap({ namespace, labelSelector: 'watched=one' })).items.map(({ data }) => data),
  ).toEqual([{ a: '1' }]);
  expect(
    (await api.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=one' })).items.map(
      ({ metadata }) => metadata?.uid,
    ),
  ).toEqual([created.metadata?.uid]);
  const patches = [
    [PatchStrategy.StrategicMergePatch, { data: { a: '2' } }, { a: '2' }],
    [PatchStrategy.MergePatch, { data: { b: '3' } }, { a: '2', b: '3' }],
    [PatchStrategy.JsonPatch, [{ op: 'remove', path: '/data/a' }], { b: '3' }],
  ] as const;
  for (const [strategy, body, data] of patches) {
    expect(
      (await api.patchNamespacedConfigMap({ name: 'one', namespace, body }, setHeaderOptions('Content-Type', strategy)))
        .data,
    ).toEqual(data);
  }
  expect((await api.readNamespacedConfigMap({ name: 'one', namespace })).data).toEqual({ b: '3' });
  await api.deleteNamespacedConfigMap({ name: 'one', namespace });
  await expect(api.readNamespacedConfigMap({ name: 'one', namespace })).rejects.toMatchObject({ code: 404 });
  await until('the deletion', () => seen.length === 5);
  watching.abort();
  expect(seen).toEqual([
    'ADDED {"a":"1"}',
    'MODIFIED {"a":"2"}',
    'MODIFIED {"a":"2","b":"3"}',
    'MODIFIED {"b":"3"}',
    'DELETED {"b":"3"}',
  ]);
});

test('gets a table', async () => {
  let text = '';
  const asked = setHeaderOptions('Accept', 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json');
  // The client parses lists only; the text is taken as it passes.
  const reader: ObservableMiddleware = {
    pre: (request) => new Observable(Promise.resolve(request)),
    post: (response) =>
      new Observable(
        response.body.text().then((body) => {
          text = body;
          return new ResponseContext(
            response.httpStatusCode,
            response.headers,
            new SelfDecodingBody(Promise.resolve(Buffer.from('{"items":[]}'))),
          );
        }),
      ),
  };
  await api.listNode(
    { labelSelector: 'kubernetes.io/hostname=worker-1' },
    { ...asked, middleware: [...(asked.middleware ?? []), reader] },
  );
  const table = JSON.parse(text) as {
    kind: string;
    columnDefinitions: { name: string; priority: number }[];
    rows: { cells: unknown[] }[];
  };
  expect([
    table.kind,
    table.columnDefinitions.filter(({ priority }) => priority === 0).map(({ name }) => name),
    table.rows.map(({ cells }) => cells.slice(0, 3)),
  ]).toEqual(['Table', ['Name', 'Status', 'Roles', 'Age', 'Version'], [['worker-1', 'Ready', '<none>']]]);
});

test('acts as the user of its bearer token', async () => {
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  await api.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'robot' } } });
  await rbac.createNamespacedRole({
    namespace,
    body: { metadata: { name: 'robot' }, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }] },
  });
  await rbac.createNamespacedRoleBinding({ namespace, body: bound('robot') });
  const { status } = await api.createNamespacedServiceAccountToken({
    name: 'robot',
    namespace,
    body: { spec: { audiences: [] } },
  });
  const robot = configOf({ name: 'robot', token: status?.token ?? '' }).makeApiClient(CoreV1Api);
  expect((await robot.listNamespacedConfigMap({ namespace })).items.map(({ metadata }) => metadata?.name)).toEqual([
    'kube-root-ca.crt',
  ]);
  const refusal = await robot.listNamespacedSecret({ namespace }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiException);
  expect(refusal).toMatchObject({ code: 403 });
  expect(JSON.parse((refusal as ApiException<string>).body)).toMatchObject({
    reason: 'Forbidden',
    message: `secrets is forbidden: User "system:serviceaccount:${namespace}:robot" cannot list resource "secrets" in API group "" in the namespace "${namespace}"`,
  });
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
    new Exec(config)
      .exec(
        namespace,
        'box',
        'main',
        ['sh', '-c', 'read line; echo got $line; echo oops >&2; exit 7'],
        stdout,
        stderr,
        stdin,
        false,
        resolve,
      )
      .catch(reject);
    stdin.write('one\n');
  });
  expect(status).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '7' }] },
  });
  expect(said).toEqual({ stdout: 'got one\n', stderr: 'oops\n' });
});

test('forwards a port', async () => {
  await api.createNamespacedPod({
    namespace,
    body: { metadata: { name: 'web' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } },
  });
  await until('it runs', () => isReady('web'));
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await new PortForward(config).portForward(namespace, 'web', [80], output, null, input);
  input.write('GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
  await until('the answer', () => text.includes('</html>'));
  expect([text.startsWith('HTTP/1.1 200 OK\r\n'), text.includes('Welcome to nginx!')]).toEqual([true, true]);
});
