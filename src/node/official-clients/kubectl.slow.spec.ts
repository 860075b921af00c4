/** The official kubectl against `npm run serve`: whole output and the state that results. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ran, Running, Served } from './served-sandbox.spec-support.ts';
import { kubectls, serve, start, until } from './served-sandbox.spec-support.ts';

let served: Served;
beforeAll(async () => {
  served = await serve('--topology', 'kubeadm-3');
});
afterAll(() => {
  served.stop();
});

describe.each(kubectls().map((client, index) => ({ ...client, namespace: `clients-${String(index)}` })))(
  '$name',
  ({ path, namespace }) => {
    const run = (args: readonly string[], input?: string): Running =>
      start(
        path,
        [`--server=${served.kubernetes}`, ...args],
        { HOME: served.home, KUBECONFIG: `${served.home}/none` },
        input,
      );
    const begin = (args: readonly string[], input?: string): Running =>
      run([`--namespace=${namespace}`, ...args], input);
    const cluster = async (...args: readonly string[]): Promise<Ran> => clean(await run(args).done);
    const kubectl = async (...args: readonly string[]): Promise<Ran> => clean(await begin(args).done);
    const feed = async (input: string, ...args: readonly string[]): Promise<Ran> =>
      clean(await begin(args, input).done);
    const ok = (stdout: string): Ran => ({ code: 0, stdout, stderr: '' });
    const read = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await kubectl('get', ...args, '-o', 'json')).stdout);

    test('creates by generator and from a manifest, and the objects are as asked', async () => {
      expect(await cluster('create', 'namespace', namespace)).toEqual(ok(`namespace/${namespace} created\n`));
      expect(await kubectl('create', 'configmap', 'settings', '--from-literal=colour=blue')).toEqual(
        ok('configmap/settings created\n'),
      );
      expect(await kubectl('create', 'deployment', 'web', '--image=nginx', '--replicas=2')).toEqual(
        ok('deployment.apps/web created\n'),
      );
      expect(await feed(POD, 'create', '-f', '-')).toEqual(ok('pod/box created\n'));
      expect(await read('configmap', 'settings')).toMatchObject({
        kind: 'ConfigMap',
        data: { colour: 'blue' },
        metadata: { name: 'settings', namespace },
      });
      expect(await read('deployment', 'web')).toMatchObject({
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: { spec: { containers: [{ image: 'nginx', name: 'nginx' }] } },
        },
      });
      expect(await kubectl('create', 'configmap', 'settings')).toEqual({
        code: 1,
        stdout: '',
        stderr: CONFLICT(path === 'kubectl' ? 'failed to create configmap' : ''),
      });
    });

    test('gets tables and JSON, by label and by field', async () => {
      expect(await kubectl('wait', '--for=condition=Ready', 'pod/box', '--timeout=60s')).toEqual(
        ok('pod/box condition met\n'),
      );
      expect((await kubectl('rollout', 'status', 'deployment/web', '--timeout=60s')).stdout).toMatch(
        /deployment "web" successfully rolled out\n$/,
      );
      expect(columns(await kubectl('get', 'pod', 'box'))).toEqual([
        ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
        ['box', '1/1', 'Running', '0', 'AGE'],
      ]);
      expect(columns(await kubectl('get', 'deployments', '-l', 'app=web'))).toEqual([
        ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'],
        ['web', '2/2', '2', '2', 'AGE'],
      ]);
      expect(
        columns(
          await kubectl('get', 'pods', '--field-selector=metadata.name=box,status.phase=Running', '--show-labels'),
        ),
      ).toEqual([
        ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'LABELS'],
        ['box', '1/1', 'Running', '0', 'AGE', 'role=box'],
      ]);
      expect((await kubectl('get', 'pods', '-l', 'role!=box', '-o', 'name')).stdout.trim().split('\n')).toHaveLength(2);
      expect(await kubectl('get', 'pods', '-l', 'role=none')).toEqual({
        code: 0,
        stdout: '',
        stderr: `No resources found in ${namespace} namespace.\n`,
      });
      expect(await kubectl('get', 'pod', 'absent')).toEqual({
        code: 1,
        stdout: '',
        stderr: 'Error from server (NotFound): pods "absent" not found\n',
      });
      expect(await read('pod', 'box')).toMatchObject({
        apiVersion: 'v1',
        kind: 'Pod',
        status: { phase: 'Running', containerStatuses: [{ name: 'main', ready: true, restartCount: 0 }] },
      });
    });

    test('watches an object being added, changed in three ways and deleted', async () => {
      const watch = begin([
        'get',
        'configmap',
        '-l',
        'watched=yes',
        '--watch',
        '--output-watch-events',
        '-o',
        'custom-columns=EVENT:.type,NAME:.object.metadata.name,DATA:.object.data',
      ]);
      await kubectl('get', 'configmaps');
      expect(await feed(WATCHED, 'create', '-f', '-')).toEqual(ok('configmap/watched created\n'));
      const changes = [
        ['strategic', '{"data":{"a":"2"}}', 'map[a:2]'],
        ['merge', '{"data":{"b":"3"}}', 'map[a:2 b:3]'],
        ['json', '[{"op":"remove","path":"/data/a"}]', 'map[b:3]'],
      ] as const;
      for (const [type, patch, data] of changes) {
        expect(await kubectl('patch', 'configmap', 'watched', `--type=${type}`, '-p', patch)).toEqual(
          ok('configmap/watched patched\n'),
        );
        await until(`the watch shows ${data}`, () => squeeze(watch.stdout()).includes(`MODIFIED watched ${data}\n`));
      }
      expect(await read('configmap', 'watched')).toMatchObject({ data: { b: '3' } });
      expect(await kubectl('patch', 'configmap', 'watched', '-p', '{"data":{"b":"3"}}')).toEqual(
        ok('configmap/watched patched (no change)\n'),
      );
      expect(await kubectl('delete', 'configmap', 'watched')).toEqual(ok('configmap "watched" deleted\n'));
      await until('the watch shows the deletion', () => watch.stdout().includes('DELETED'));
      watch.child.kill();
      expect(squeeze((await watch.done).stdout)).toBe(
        'EVENT NAME DATA\nADDED watched map[a:1]\nMODIFIED watched map[a:2]\nMODIFIED watched map[a:2 b:3]\nMODIFIED watched map[b:3]\nDELETED watched map[b:3]\n',
      );
    });

    // kubectl 1.20 makes cron jobs of batch/v1beta1, which no server of today has.
    const generated = GENERATED.filter(({ args }) => path === 'kubectl' || args[0] !== 'cronjob');
    test.each(generated.map((row) => ({ ...row, line: row.args.join(' ') })))(
      'stores what `create $line` prints with --dry-run',
      async ({ args, kind }) => {
        const made = await kubectl('create', '--dry-run=client', '-o', 'json', ...args);
        const asked = JSON.parse(made.stdout) as { metadata: { name: string }; status?: unknown };
        const { code, stdout } = await kubectl('create', ...args);
        expect([code, stdout]).toEqual([0, `${kind}/${asked.metadata.name} created\n`]);
        const { status: _status, ...wanted } = withoutEmpty(asked) as Record<string, unknown>;
        expect(await read(`${kind}/${asked.metadata.name}`)).toMatchObject(wanted);
        // It would hold back the pods of the tests that follow.
        if (kind === 'resourcequota') await kubectl('delete', kind, asked.metadata.name);
      },
    );

    test('follows a log until its container ends', async () => {
      expect(
        await kubectl(
          'run',
          'count',
          '--image=busybox',
          '--restart=Never',
          '--',
          'sh',
          '-c',
          'for i in 1 2 3; do echo line $i; sleep 1; done',
        ),
      ).toEqual(ok('pod/count created\n'));
      await kubectl('wait', '--for=condition=Ready', 'pod/count', '--timeout=60s');
      expect(await kubectl('logs', '--follow', 'count')).toEqual(ok('line 1\nline 2\nline 3\n'));
      expect(await kubectl('logs', '--tail=1', 'count')).toEqual(ok('line 3\n'));
    });

    test('runs a command with standard input in a container and gets its exit code', async () => {
      const ran = await feed('one\ntwo\n', 'exec', '-i', 'box', '--', 'sh', '-c', 'cat; echo oops >&2; exit 7');
      expect(ran).toEqual({ code: 7, stdout: 'one\ntwo\n', stderr: 'oops\ncommand terminated with exit code 7\n' });
      const large = 'x'.repeat(99) + '\n';
      expect(await feed(large.repeat(5000), 'exec', '-i', 'box', '--', 'sh', '-c', 'cat | wc -c')).toEqual(
        ok('500000\n'),
      );
    });

    test('forwards a port to a pod', async () => {
      const forward = begin(['port-forward', 'deployment/web', ':80']);
      await until('it listens', () => /Forwarding from 127\.0\.0\.1:\d+ -> 80/.test(forward.stdout()));
      const port = /127\.0\.0\.1:(\d+)/.exec(forward.stdout())?.[1] ?? '';
      for (const target of ['/', '/absent']) {
        const answer = await fetch(`http://127.0.0.1:${port}${target}`, { headers: { connection: 'close' } });
        expect([
          answer.status,
          (await answer.text()).includes(target === '/' ? 'Welcome to nginx!' : '404 Not Found'),
        ]).toEqual([target === '/' ? 200 : 404, true]);
      }
      forward.child.kill();
      await forward.done;
    });

    test('deletes what it made', async () => {
      expect(await kubectl('delete', 'deployment', 'web')).toEqual(ok('deployment.apps "web" deleted\n'));
      await until('its pods are gone', async () => (await kubectl('get', 'pods', '-l', 'app=web')).stdout === '');
      expect(await kubectl('delete', 'pod', 'box', '--grace-period=1')).toEqual(ok('pod "box" deleted\n'));
      expect(await cluster('delete', 'namespace', namespace)).toEqual(ok(`namespace "${namespace}" deleted\n`));
      expect(await cluster('get', 'namespace', namespace)).toEqual({
        code: 1,
        stdout: '',
        stderr: `Error from server (NotFound): namespaces "${namespace}" not found\n`,
      });
    });
  },
);

/** Without what speaks of the machine that the client runs on. */
function clean({ code, stdout, stderr }: Ran): Ran {
  const lines = stderr.split('\n').filter((line) => !/Config not found|skew of \+\/-1/.test(line));
  return { code, stdout, stderr: lines.join('\n') };
}

/** One space between cells: columns are as wide as what had come when they were printed. */
const squeeze = (text: string): string => text.replaceAll(/ {2,}/g, ' ');

/** A table's cells; ages differ from run to run. */
function columns({ stdout }: Ran): readonly (readonly string[])[] {
  const [head = '', ...rows] = stdout.trimEnd().split('\n');
  const names = head.trim().split(/ {2,}/);
  return [
    names,
    ...rows.map((row) =>
      row
        .trim()
        .split(/ {2,}/)
        .map((cell, index) => (names[index] === 'AGE' && /^\d+[smh]$/.test(cell) ? 'AGE' : cell)),
    ),
  ];
}

/** Kinds that kubectl's generators send as protobuf where the client is new enough. */
const GENERATED: readonly { readonly args: readonly string[]; readonly kind: string }[] = [
  { args: ['service', 'clusterip', 'front', '--tcp=80:8080'], kind: 'service' },
  { args: ['service', 'nodeport', 'door', '--tcp=5678'], kind: 'service' },
  { args: ['ingress', 'gate', '--rule=a.example/path*=front:80,tls=cert'], kind: 'ingress.networking.k8s.io' },
  { args: ['secret', 'generic', 'key', '--from-literal=password=öffne dich'], kind: 'secret' },
  { args: ['job', 'once', '--image=busybox', '--', 'true'], kind: 'job.batch' },
  { args: ['cronjob', 'often', '--image=busybox', '--schedule=*/5 * * * *', '--', 'date'], kind: 'cronjob.batch' },
  {
    args: ['role', 'viewer', '--verb=get,watch', '--resource=pods,deployments.apps', '--resource-name=web'],
    kind: 'role.rbac.authorization.k8s.io',
  },
  {
    args: ['rolebinding', 'viewers', '--role=viewer', '--user=kim', '--group=team'],
    kind: 'rolebinding.rbac.authorization.k8s.io',
  },
  { args: ['serviceaccount', 'builder'], kind: 'serviceaccount' },
  { args: ['quota', 'limits', '--hard=cpu=20,memory=8Gi,pods=50'], kind: 'resourcequota' },
  {
    args: ['deployment', 'many', '--image=busybox', '--port=8080', '--replicas=0', '--', 'sleep', '60'],
    kind: 'deployment.apps',
  },
];

/** Without what a Go client prints for unset structures. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)] as const);
  return Object.fromEntries(
    entries.filter(
      ([, item]) =>
        item !== null && !(typeof item === 'object' && !Array.isArray(item) && Object.keys(item).length === 0),
    ),
  );
}

const CONFLICT = (prefix: string): string =>
  prefix === ''
    ? 'Error from server (AlreadyExists): configmaps "settings" already exists\n'
    : `error: ${prefix}: configmaps "settings" already exists\n`;

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: box
  labels: {role: box}
spec:
  containers:
    - name: main
      image: busybox
      command: [sleep, "3600"]
`;
const WATCHED =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: watched, labels: {watched: "yes"}}\ndata: {a: "1"}\n';
