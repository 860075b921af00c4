import { expect, test } from 'vitest';
import { runKubectl, table, type Routes } from './fake-cluster.spec-support.ts';

const PODS = '/api/v1/namespaces/default/pods';
const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx' }] },
  status: { phase: 'Running' },
};
const POD_TABLE = table(
  ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP*'],
  [
    ['web', '1/1', 'Running', 0, '5s', '10.0.0.2'],
    ['a-long-name', '0/1', 'Pending', 0, '12s', '<none>'],
  ],
  [{ metadata: { name: 'web', namespace: 'default', labels: { app: 'web', tier: 'fe' } } }],
);
const LIST = { apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '10' }, items: [web] };

const lists: Routes = {
  [PODS]: ({ target: _target, ...request }) => ({ object: request.method === 'GET' ? POD_TABLE : {} }),
  '/api/v1/namespaces/default/services': { object: table(['Name', 'Type'], [['kubernetes', 'ClusterIP']]) },
  [`${PODS}/web`]: { object: web },
};

test.for([
  {
    line: 'get pods',
    out: 'NAME          READY   STATUS    RESTARTS   AGE\nweb           1/1     Running   0          5s\na-long-name   0/1     Pending   0          12s\n',
  },
  {
    line: 'get po -o wide --no-headers',
    out: 'web           1/1   Running   0     5s    10.0.0.2\na-long-name   0/1   Pending   0     12s   <none>\n',
  },
  {
    line: 'get po --show-labels',
    out: 'NAME          READY   STATUS    RESTARTS   AGE   LABELS\nweb           1/1     Running   0          5s    app=web,tier=fe\na-long-name   0/1     Pending   0          12s   <none>\n',
  },
  {
    line: 'get po,svc',
    out: 'NAME              READY   STATUS    RESTARTS   AGE\npod/web           1/1     Running   0          5s\npod/a-long-name   0/1     Pending   0          12s\n\nNAME                 TYPE\nservice/kubernetes   ClusterIP\n',
  },
  { line: 'get pod web -o name', out: 'pod/web\n' },
  { line: 'get pod/web -o jsonpath={.spec.containers[*].image}', out: 'nginx' },
  { line: 'get pod web -o custom-columns=N:.metadata.name,X:.spec.nope', out: 'N     X\nweb   <none>\n' },
  {
    line: 'get pod web -o yaml',
    out: 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    app: web\n  name: web\n  namespace: default\nspec:\n  containers:\n  - image: nginx\n    name: nginx\nstatus:\n  phase: Running\n',
  },
])('kubectl $line', async ({ line, out }) => {
  expect(await runKubectl(line.split(' '), lists)).toMatchObject({ code: 0, out, err: '' });
});

test('a list as an object is one List', async () => {
  const { out } = await runKubectl(['get', 'pods', '-o', 'jsonpath={.kind} {.items[*].metadata.name}'], {
    [PODS]: { object: LIST },
  });
  expect(out).toBe('List web');
});

test.for([
  {
    line: 'get',
    err: 'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n',
  },
  { line: 'get nope', err: 'error: the server doesn\'t have a resource type "nope"\n' },
  { line: 'get pod nope', err: 'Error from server (NotFound): pods "nope" not found\n' },
  { line: 'get deploy nope', err: 'Error from server (NotFound): deployments.apps "nope" not found\n' },
  {
    line: 'get pods web/x',
    err: "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
  },
  { line: 'get --foo', err: "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n" },
  { line: 'gte', err: 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n' },
  { line: 'scale deploy x', err: 'error: required flag(s) "replicas" not set\n' },
  { line: 'get pods --server-print=false', err: "drydock: 'kubectl get --server-print' is not simulated\n" },
  { line: 'debug pod/x', err: "drydock: 'kubectl debug' is not simulated\n" },
  {
    line: 'port-forward pod/x',
    err: "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n",
  },
  { line: 'cp a', err: "error: source and destination are required\nSee 'kubectl cp -h' for help and examples\n" },
  { line: 'cp a:/b c:/d', err: 'error: one of src or dest must be a local file specification\n' },
  { line: 'delete pods', err: 'error: resource(s) were provided, but no name was specified\n' },
  { line: 'label pod x', err: 'error: at least one label update is required\n' },
  { line: 'wait pod/x', err: 'error: unrecognized condition: ""\n' },
  { line: 'exec x', err: 'error: you must specify at least one command for the container\n' },
  { line: 'apply -f nofile', err: 'error: the path "nofile" does not exist\n' },
  { line: 'cordon', err: "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n" },
])('kubectl $line says what is wrong', async ({ line, err }) => {
  expect(await runKubectl(line.split(' '), {})).toMatchObject({ code: 1, out: '', err });
});

test('no objects is said on standard error and is no failure', async () => {
  const empty = { [PODS]: { object: table(['Name'], []) } };
  expect(await runKubectl(['get', 'pods'], empty)).toMatchObject({
    code: 0,
    out: '',
    err: 'No resources found in default namespace.\n',
  });
});

test('a watch prints rows under the columns of the first table, in widths that do not shrink', async () => {
  const row = (status: string) => ({
    type: 'MODIFIED',
    object: { ...table([], [['web', '1/1', status, 0, '6s', 'x']]) },
  });
  const routes: Routes = {
    [PODS]: { object: POD_TABLE },
    [`WATCH ${PODS}`]: { chunks: [row('Terminating'), row('Completed')] },
  };
  const { out, seen } = await runKubectl(['get', 'pods', '-w'], routes);
  expect(out.split('\n').slice(3)).toEqual([
    'web           1/1     Terminating   0          6s',
    'web           1/1     Completed     0          6s',
    '',
  ]);
  expect(seen.map(({ target }) => target)).toEqual([`${PODS}?limit=500`, `${PODS}?resourceVersion=10&watch=true`]);
});

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "1"\n';
const note =
  '{"apiVersion":"v1","data":{"a":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"c","namespace":"default"}}\n';
const MAPS = '/api/v1/namespaces/default/configmaps';
const live = (data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'c',
    namespace: 'default',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': note },
  },
  data,
});

test('apply creates what is not there, with the applied text noted', async () => {
  const routes: Routes = { [`POST ${MAPS}`]: ({ body }) => ({ object: body as Record<string, string> }) };
  const { out, seen } = await runKubectl(['apply', '-f', '-'], routes, { stdin: manifest });
  expect(out).toBe('configmap/c created\n');
  expect(seen.at(-1)).toEqual({
    method: 'POST',
    target: `${MAPS}?fieldManager=kubectl-client-side-apply&fieldValidation=Strict`,
    type: 'application/json',
    body: live({ a: '1' }),
  });
});

test.for([
  { given: 'nothing to change', data: { a: '1' }, out: 'configmap/c unchanged\n', patch: undefined },
  {
    given: 'another value on the server',
    data: { a: '2' },
    out: 'configmap/c configured\n',
    patch: { data: { a: '1' } },
  },
])('apply with $given', async ({ data, out, patch }) => {
  const routes: Routes = {
    [`GET ${MAPS}/c`]: { object: live(data) },
    [`PATCH ${MAPS}/c`]: { object: live({ a: '1' }) },
  };
  const result = await runKubectl(['apply', '-f', 'c.yaml'], routes, { files: { 'c.yaml': manifest } });
  expect(result.out).toBe(out);
  expect(result.seen.find(({ method }) => method === 'PATCH')?.body).toEqual(patch);
});

test.for([
  { line: 'label pod web a=b', patch: { metadata: { labels: { a: 'b' } } }, out: 'pod/web labeled\n' },
  { line: 'label pod web app-', patch: { metadata: { labels: { app: null } } }, out: 'pod/web unlabeled\n' },
  { line: 'label pod web app=web', patch: undefined, out: 'pod/web not labeled\n' },
  { line: 'annotate pod web n=1', patch: { metadata: { annotations: { n: '1' } } }, out: 'pod/web annotated\n' },
])('kubectl $line', async ({ line, patch, out }) => {
  const routes: Routes = { [`GET ${PODS}/web`]: { object: web }, [`PATCH ${PODS}/web`]: { object: web } };
  const result = await runKubectl(line.split(' '), routes);
  expect([result.out, result.seen.find(({ method }) => method === 'PATCH')?.body]).toEqual([out, patch]);
});

test('a label that has another value is kept', async () => {
  const result = await runKubectl(['label', 'pod', 'web', 'app=x'], { [`GET ${PODS}/web`]: { object: web } });
  expect(result).toMatchObject({ code: 1, err: "error: 'app' already has a value (web), and --overwrite is false\n" });
});

test('exec carries output and the exit code', async () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const status = {
    kind: 'Status',
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '7' }] },
  };
  const routes: Routes = {
    [`${PODS}/web`]: { object: web },
    [`${PODS}/web/exec`]: {
      frames: [
        { channel: 'stdout', bytes: text('out\n') },
        { channel: 'stderr', bytes: text('err\n') },
        { channel: 'error', object: status },
      ],
    },
  };
  const { code, out, err, seen } = await runKubectl(['exec', 'web', '--', 'sh', '-c', 'exit 7'], routes);
  expect({ code, out, err }).toEqual({ code: 7, out: 'out\n', err: 'err\ncommand terminated with exit code 7\n' });
  expect(seen.at(-1)?.target).toBe(
    `${PODS}/web/exec?command=sh&command=-c&command=exit%207&container=nginx&stdout=true&stderr=true`,
  );
});

test('warnings of the server are passed on', async () => {
  const { out, err } = await runKubectl(['get', 'pods'], { [PODS]: { object: POD_TABLE, warning: 'old' } });
  expect([out.split('\n').length, err]).toEqual([4, 'Warning: old\n']);
});
