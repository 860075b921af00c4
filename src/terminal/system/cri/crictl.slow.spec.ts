/** crictl 1.36 on a node: what it prints follows cri-tools' sources (cmd/crictl); ids and times are those of the lab. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

const ETCD = '$(crictl ps -q --name etcd)';
const POD = '$(crictl pods -q --name etcd)';

test.for([
  {
    command: 'crictl ps --name etcd -o yaml | grep -A 3 labels:',
    stdout:
      '  labels:\n    io.kubernetes.container.name: etcd\n    io.kubernetes.pod.name: etcd-control-plane\n    io.kubernetes.pod.namespace: kube-system\n',
  },
  { command: 'crictl ps --name "^etcd$" -o json | jq -r ".containers[].metadata.name"', stdout: 'etcd\n' },
  { command: 'crictl ps --name "^etc$" -q', stdout: '' },
  { command: 'crictl ps --namespace kube-s -q | wc -l', stdout: '5\n' },
  { command: 'crictl ps -l | wc -l; crictl ps -n 3 -q | wc -l; crictl ps --last=2 -q | wc -l', stdout: '2\n3\n2\n' },
  { command: 'crictl ps --state Exited -q | wc -l; crictl ps -s running -q --name etcd | wc -l', stdout: '2\n1\n' },
  { command: `crictl ps -q -p ${POD} | wc -l`, stdout: '1\n' },
  {
    command: 'crictl ps -v --name etcd | grep -e ^Name -e ^State -e ^Attempt -e ^Labels -e kubernetes.container.name',
    stdout:
      'Namespace: kube-system\nName: etcd\nAttempt: 0\nState: Running\nLabels:\n\tio.kubernetes.container.name -> etcd\n',
  },
  {
    command: 'crictl pods -v --name etcd | grep -v -e ^ID -e ^UID -e Created -e "->"',
    stdout:
      'Name: etcd-control-plane\nNamespace: kube-system\nStatus: Ready\nLabels:\nAnnotations:\nRuntime: (default)\n\n',
  },
  {
    command: 'crictl pods --state notready -q | wc -l; crictl pods -s READY -q --label component=etcd | wc -l',
    stdout: '0\n1\n',
  },
  {
    command: 'crictl images --digests --pinned | head -n 1 | tr -s " "',
    stdout: 'IMAGE TAG DIGEST IMAGE ID SIZE PINNED\n',
  },
  {
    command: 'crictl images -f reference=etcd -o json | jq -r ".images[].repoTags[]"',
    stdout: 'registry.k8s.io/etcd:3.6.8-0\n',
  },
  { command: 'crictl images -f dangling=true -q | wc -l', stdout: '0\n' },
  {
    command: 'crictl img -v registry.k8s.io/pause:3.10.2 | grep -e Tags -e Pinned',
    stdout: 'RepoTags: registry.k8s.io/pause:3.10.2\nPinned: true\n',
  },
  {
    command: `crictl inspect -o go-template --template '{{.status.metadata.name}} {{.status.state}}' ${ETCD}`,
    stdout: 'etcd CONTAINER_RUNNING\n',
  },
  {
    command: `crictl inspect -o yaml ${ETCD} | grep -A 2 metadata:`,
    stdout: '  metadata:\n    attempt: 0\n    name: etcd\n',
  },
  { command: `crictl inspect -q ${ETCD} | jq -c keys`, stdout: '["status"]\n' },
  { command: `crictl inspect ${ETCD} | jq -c keys`, stdout: '["info","status"]\n' },
  { command: `crictl inspect ${ETCD} ${ETCD} | jq length`, stdout: '2\n' },
  {
    command: `crictl inspect -o table ${ETCD} | head -n 3 | tail -n 2`,
    stdout: 'Name: etcd\nState: CONTAINER_RUNNING\n',
  },
  {
    command: `crictl inspectp -o go-template --template '{{.status.metadata.namespace}} {{.status.state}}' ${POD}`,
    stdout: 'kube-system SANDBOX_READY\n',
  },
  {
    command: `crictl inspectp -o table ${POD} | grep -e Name -e Status -e IP`,
    stdout: 'Name: etcd-control-plane\nNamespace: kube-system\nStatus: SANDBOX_READY\nIP Addresses: \n',
  },
  {
    command: "crictl inspecti -o go-template --template '{{index .status.repoTags 0}}' registry.k8s.io/pause:3.10.2",
    stdout: 'registry.k8s.io/pause:3.10.2\n',
  },
  {
    command: 'crictl inspecti -o table registry.k8s.io/pause:3.10.2 | grep Tag',
    stdout: 'Tag: registry.k8s.io/pause:3.10.2\n',
  },
  { command: "crictl info -o go-template --template '{{.config.containerd.defaultRuntimeName}}'", stdout: 'runc\n' },
  { command: 'crictl info -q | jq -c keys; crictl imagefsinfo -o yaml | head -n 1', stdout: '["status"]\nstatus:\n' },
  {
    command: 'crictl version -o json | jq -c keys',
    stdout: '["runtimeApiVersion","runtimeName","runtimeVersion","version"]\n',
  },
  {
    command: 'crictl version',
    stdout: 'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.2.1\nRuntimeApiVersion:  v1\n',
  },
  { command: 'crictl -r unix:///run/containerd/containerd.sock ps -q --name etcd | wc -l', stdout: '1\n' },
  {
    command: 'crictl config --get runtime-endpoint; crictl config --get timeout',
    stdout: 'unix:///run/containerd/containerd.sock\n0\n',
  },
  {
    command: 'crictl config --list | tr -s " "',
    stdout:
      'KEY VALUE\nruntime-endpoint unix:///run/containerd/containerd.sock\nimage-endpoint \ntimeout 0\ndebug false\npull-image-on-create false\ndisable-pull-on-run false\n',
  },
])('$command', async ({ command, stdout }) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr: '', code: 0 });
});

const fatal = (message: string): string => ` level=fatal msg=${JSON.stringify(message)}\n`;
const refusedAt = (socket: string, service: string, why: string): string =>
  `validate service connection: validate CRI v1 ${service} API for endpoint "unix://${socket}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: ${why}"`;

test.for([
  {
    command: 'crictl ps --state dead',
    message: 'listing containers: list containers: --state should be one of created, running, exited or unknown',
  },
  {
    command: 'crictl pods --state dead',
    message: 'listing pod sandboxes: list pod sandboxes: --state should be ready or notready',
  },
  { command: 'crictl ps --label a', message: 'incorrectly specified label: a' },
  { command: 'crictl ps --label a=b=c', message: 'incorrectly specified label: a=b=c' },
  { command: 'crictl ps -o wide', message: 'listing containers: unsupported output format "wide"' },
  { command: 'crictl inspect', message: 'ID cannot be empty' },
  { command: 'crictl inspectp', message: 'ID cannot be empty' },
  { command: 'crictl inspect -o frob $(crictl ps -q --name etcd)', message: 'unsupported format: "frob"' },
  { command: 'crictl inspecti nope', message: 'no such image "nope" present' },
  { command: 'crictl stop', message: 'ID cannot be empty' },
  { command: 'crictl pull', message: 'Image name cannot be empty' },
  { command: 'crictl config --get nope', message: 'no configuration option named nope' },
  { command: 'crictl config --set nope=1', message: 'no configuration option named nope' },
  { command: 'crictl config --set timeout', message: 'incorrectly specified option: timeout' },
  {
    command: 'crictl config --set timeout=x',
    message: `parse timeout value 'x': strconv.Atoi: parsing "x": invalid syntax`,
  },
  {
    command: 'crictl config --set debug=maybe',
    message: `parse debug value 'maybe': strconv.ParseBool: parsing "maybe": invalid syntax`,
  },
  {
    command: 'crictl -r unix:///run/nope.sock ps',
    message: refusedAt('/run/nope.sock', 'runtime', 'no such file or directory'),
  },
  {
    command: 'crictl -r unix:///run/nope.sock images',
    message: refusedAt('/run/nope.sock', 'image', 'no such file or directory'),
  },
  {
    command: 'CONTAINER_RUNTIME_ENDPOINT=unix:///run/nope.sock crictl pods',
    message: refusedAt('/run/nope.sock', 'runtime', 'no such file or directory'),
  },
  {
    command: 'runuser -u nobody -- crictl ps',
    message: refusedAt('/run/containerd/containerd.sock', 'runtime', 'permission denied'),
  },
])('$command ends with: $message', async ({ command, message }) => {
  const { stdout, stderr, code } = await lab.run(command);
  expect({ stdout, stderr: stderr.replace(/^time="[^"]*"/, ''), code }).toEqual({
    stdout: '',
    stderr: fatal(message),
    code: 1,
  });
});

test.for([
  { command: 'crictl ps --frob', flag: '-frob' },
  { command: 'crictl ps -z', flag: '-z' },
  { command: 'crictl pods --image x', flag: '-image' },
  { command: 'crictl --frob ps', flag: '-frob' },
])('$command is told to be wrong', async ({ command, flag }) => {
  const { stdout, stderr, code } = await lab.run(command);
  const text = `flag provided but not defined: ${flag}`;
  expect({ stdout, stderr: stderr.replace(/^time="[^"]*"/, ''), code }).toEqual({
    stdout: `Incorrect Usage: ${text}\n\n`,
    stderr: fatal(text),
    code: 1,
  });
});

test.for([
  { command: 'crictl logs -p x', refused: 'crictl logs -p' },
  { command: 'crictl logs --since 1m x', refused: 'crictl logs --since' },
  { command: 'crictl exec -s x true', refused: 'crictl exec -s' },
  { command: 'crictl stats -w', refused: 'crictl stats -w' },
  { command: 'crictl stats -o json', refused: 'crictl stats -o' },
  { command: 'crictl pull --creds a:b nginx', refused: 'crictl pull --creds' },
  { command: 'crictl runp pod.json', refused: 'crictl runp' },
  { command: 'crictl events', refused: 'crictl events' },
  { command: 'crictl port-forward x 80', refused: 'crictl port-forward' },
  { command: 'crictl statsp', refused: 'crictl statsp' },
  { command: 'crictl -D ps', refused: 'crictl --debug' },
])('$command is refused by name', async ({ command, refused }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr: `drydock: '${refused}' is not simulated\n`, code: 1 });
});

test('a command that there is not', async () => {
  expect(await lab.run('crictl frob')).toEqual({ stdout: '', stderr: "No help topic for 'frob'\n", code: 3 });
});

test('without a configuration the usual places are tried, and written down by crictl config', async () => {
  const script = `mv /etc/crictl.yaml /etc/kept; crictl pods -q --name etcd 2>&1 >/dev/null | sed 's/^time="[^"]*"/time/'; crictl config runtime-endpoint unix:///run/containerd/containerd.sock; cat /etc/crictl.yaml; crictl pods -q --name etcd | wc -l; mv /etc/kept /etc/crictl.yaml`;
  expect(await lab.run(script)).toEqual({
    stdout: `time level=warning msg="Config \\"/etc/crictl.yaml\\" does not exist, trying next: \\"/usr/bin/crictl.yaml\\""
time level=warning msg="runtime connect using default endpoints: [unix:///run/containerd/containerd.sock unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]. As the default settings are now deprecated, you should set the endpoint instead."
runtime-endpoint: unix:///run/containerd/containerd.sock
image-endpoint: ""
timeout: 0
debug: false
pull-image-on-create: false
disable-pull-on-run: false
1
`,
    stderr: '',
    code: 0,
  });
});

test('images that are gone, that are used, and those that nothing uses', async () => {
  const script = `crictl rmi nope; crictl pull docker.io/library/busybox:latest >/dev/null; crictl rmi --prune`;
  const { stdout, stderr, code } = await lab.run(script);
  expect([stdout, code]).toEqual([
    'Deleted: registry.k8s.io/coredns/coredns:v1.14.2\nDeleted: docker.io/library/busybox:latest\n',
    0,
  ]);
  expect(stderr.replace(/time="[^"]*" /g, '')).toBe(
    'level=error msg="no such image nope"\nlevel=fatal msg="unable to remove the image(s)"\n',
  );
});
