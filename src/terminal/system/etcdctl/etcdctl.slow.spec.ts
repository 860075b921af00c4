/** etcdctl on a control plane, through etcd's client port. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});
const pki = '/etc/kubernetes/pki/etcd';
const flags = `--endpoints=https://127.0.0.1:2379 --cacert=${pki}/ca.crt --cert=${pki}/server.crt --key=${pki}/server.key`;

test.for([
  { command: `etcdctl ${flags} put greeting hello`, stdout: 'OK\n' },
  { command: `etcdctl ${flags} get greeting`, stdout: 'greeting\nhello\n' },
  { command: `etcdctl ${flags} get greeting --print-value-only`, stdout: 'hello\n' },
  { command: `etcdctl ${flags} del greeting`, stdout: '1\n' },
  {
    command: `etcdctl ${flags} get /registry/namespaces/ --prefix --keys-only --limit 2`,
    stdout: '/registry/namespaces/default\n\n/registry/namespaces/kube-flannel\n\n',
  },
  {
    command: `kubectl exec -n kube-system etcd-control-plane -- etcdctl ${flags} get /registry/configmaps/default --prefix --keys-only`,
    stdout: '/registry/configmaps/default/kube-root-ca.crt\n\n',
  },
  {
    command: `kubectl create configmap gone >/dev/null; etcdctl ${flags} del /registry/configmaps/default/gone; kubectl get configmap gone`,
    stdout: '1\n',
    stderr: 'Error from server (NotFound): configmaps "gone" not found\n',
    code: 1,
  },
  {
    command: `etcdctl ${flags} snapshot save /tmp/s.db 2>/dev/null | head -n 1`,
    stdout: 'Snapshot saved at /tmp/s.db\n',
  },
  { command: `etcdctl ${flags} compact x`, stderr: 'Error: strconv.ParseInt: parsing "x": invalid syntax\n', code: 1 },
  { command: `etcdctl ${flags} compact`, stderr: 'Error: compaction command needs 1 argument\n', code: 128 },
  { command: `etcdctl ${flags} get x -w table`, stderr: 'Error: table is not supported as output format\n', code: 4 },
  { command: `etcdctl ${flags} get x -w foo`, stderr: 'Error: unsupported output format\n', code: 4 },
  {
    command: 'etcdctl alarm',
    stdout:
      'NAME:\n\talarm - Alarm related commands\n\nUSAGE:\n\tetcdctl alarm <subcommand> [flags]\n\nAPI VERSION:\n\t3.6\n\n\nCOMMANDS:\n\tdisarm\tDisarms all alarms\n\tlist\tLists all alarms\n',
  },
  {
    command: 'etcdctl bogus',
    stderr: `Error: unknown command "bogus" for "etcdctl"\nRun 'etcdctl --help' for usage.\n`,
    code: 1,
  },
  { command: 'etcdctl --cacert=/nope get x', stderr: 'Error: open /nope: no such file or directory\n', code: 128 },
])('$command', async ({ command, stdout = '', stderr = '', code = 0 }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr, code });
});

test.for([
  { given: 'no TLS', args: '', reason: 'error reading server preface: EOF' },
  {
    given: 'no authority',
    args: '--endpoints=https://127.0.0.1:2379',
    reason: 'x509: certificate signed by unknown authority',
  },
  {
    given: 'no certificate of its own',
    args: `--endpoints=https://127.0.0.1:2379 --cacert=${pki}/ca.crt`,
    reason: 'remote error: tls: certificate required',
  },
  { given: 'a wrong port', args: '--endpoints=127.0.0.1:2399', reason: 'connect: connection refused' },
])('with $given it gives up after five seconds', async ({ args, reason }) => {
  const { stderr, code } = await lab.run(`etcdctl ${args} get x`);
  expect(stderr).toContain(reason);
  expect(stderr.split('\n').at(-2)).toBe('Error: context deadline exceeded');
  expect(code).toBe(1);
});
