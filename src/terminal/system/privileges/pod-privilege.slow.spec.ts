/** Security contexts of pods: users, groups, volumes' owners, capabilities, refusals (kubernetes 1.36, containerd 2). */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

const VOLUMES = `
  volumes:
  - {name: e, emptyDir: {}}
  - {name: m, emptyDir: {medium: Memory}}
  - {name: s, secret: {secretName: sec}}
  - {name: c, configMap: {name: cm}}
  - {name: p, projected: {sources: [{serviceAccountToken: {path: token}}]}}
  - {name: h, hostPath: {path: /srv/pods, type: DirectoryOrCreate}}`;
const MOUNTS = [...'emscph'].map((name) => `{name: ${name}, mountPath: /${name}}`).join(', ');

const podOf = (name: string, pod: string, container: string, rest = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  securityContext: ${pod}${rest === '' ? '' : VOLUMES}
  containers:
  - {name: c, image: busybox, command: [sleep, "100000"], securityContext: ${container}, volumeMounts: [${rest}]}
---`;

const PODS = [
  podOf('group', '{runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000]}', '{}', MOUNTS),
  podOf('plain', '{runAsUser: 1000}', '{}', MOUNTS),
  podOf('onlygroup', '{runAsGroup: 3000}', '{}'),
  podOf(
    'hard',
    '{seccompProfile: {type: RuntimeDefault}}',
    '{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}',
  ),
  podOf('soft', '{}', '{}'),
  podOf('privileged', '{}', '{privileged: true}'),
  podOf('ports', '{runAsUser: 5, sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "1024"}]}', '{}'),
  podOf('somaxconn', '{sysctls: [{name: net.core.somaxconn, value: "2048"}]}', '{}'),
  podOf('nonroot', '{runAsNonRoot: true}', '{}'),
  podOf('zero', '{runAsNonRoot: true}', '{runAsUser: 0}'),
];

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run(`kubectl create secret generic sec --from-literal=k=v; kubectl create cm cm --from-literal=k=v
kubectl apply -f - <<'END'
${PODS.join('\n')}
END
kubectl wait --for=condition=Ready pod/group pod/plain pod/onlygroup pod/hard pod/soft pod/privileged pod/ports
kubectl wait --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=CreateContainerConfigError pod/nonroot pod/zero`);
});

const inside = async (pod: string, script: string): Promise<string> =>
  (await lab.run(`kubectl exec ${pod} -- sh -c '${script}' 2>&1`)).stdout;

test.for([
  ['group', 'id', 'uid=1000 gid=3000 groups=2000,3000,4000'],
  ['group', 'grep Groups /proc/self/status', 'Groups:\t2000 3000 4000 '],
  ['plain', 'id', 'uid=1000 gid=0(root) groups=0(root)'],
  ['onlygroup', 'id', 'uid=0(root) gid=3000 groups=3000'],
  ['soft', 'id', 'uid=0(root) gid=0(root) groups=0(root),10(wheel)'],
  [
    'group',
    'stat -c "%u:%g %a %n" /e /m /s /c /p /h',
    '0:2000 2777 /e\n0:2000 3777 /m\n0:2000 3777 /s\n0:2000 2777 /c\n0:2000 3777 /p\n0:0 755 /h',
  ],
  [
    'plain',
    'stat -c "%u:%g %a %n" /e /m /s /c /p /h',
    '0:0 777 /e\n0:0 1777 /m\n0:0 1777 /s\n0:0 777 /c\n0:0 1777 /p\n0:0 755 /h',
  ],
  ['group', 'stat -Lc "%u:%g %a %n" /s/k /c/k /p/token', '0:2000 644 /s/k\n0:2000 644 /c/k\n1000:2000 640 /p/token'],
  ['plain', 'stat -Lc "%u:%g %a %n" /s/k /c/k /p/token', '0:0 644 /s/k\n0:0 644 /c/k\n1000:0 600 /p/token'],
  ['group', 'touch /e/a; mkdir /e/d; stat -c "%u:%g %a" /e/a /e/d', '1000:2000 644\n1000:2000 2755'],
  ['plain', 'touch /e/a; mkdir /e/d; stat -c "%u:%g %a" /e/a /e/d', '1000:0 644\n1000:0 755'],
  ['group', 'touch /s/x', 'touch: /s/x: Read-only file system\ncommand terminated with exit code 1'],
  ['group', 'touch /c/x', 'touch: /c/x: Read-only file system\ncommand terminated with exit code 1'],
  ['group', 'touch /h/x', 'touch: /h/x: Permission denied\ncommand terminated with exit code 1'],
  [
    'soft',
    'grep -E "Cap(Eff|Bnd)|NoNew|Seccomp:" /proc/self/status',
    'CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nNoNewPrivs:\t0\nSeccomp:\t0',
  ],
  [
    'hard',
    'grep -E "Cap(Eff|Bnd)|NoNew|Seccomp:" /proc/self/status',
    'CapEff:\t0000000000000400\nCapBnd:\t0000000000000400\nNoNewPrivs:\t1\nSeccomp:\t2',
  ],
  [
    'privileged',
    'grep -E "Cap(Eff|Bnd)|NoNew|Seccomp:" /proc/self/status',
    'CapEff:\t000001ffffffffff\nCapBnd:\t000001ffffffffff\nNoNewPrivs:\t0\nSeccomp:\t0',
  ],
  ['plain', 'grep -E "Cap(Eff|Bnd)" /proc/self/status', 'CapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb'],
  ['hard', 'touch /x', 'touch: /x: Read-only file system\ncommand terminated with exit code 1'],
  [
    'hard',
    'echo a > /etc/resolv.conf',
    "sh: can't create /etc/resolv.conf: Read-only file system\ncommand terminated with exit code 1",
  ],
  ['hard', 'chown 5 /tmp', 'chown: /tmp: Read-only file system\ncommand terminated with exit code 1'],
  ['soft', 'hostname x', 'hostname: sethostname: Operation not permitted\ncommand terminated with exit code 1'],
  ['privileged', 'hostname x && hostname', 'x'],
  ['privileged', 'test -b /dev/sda && echo disk', 'disk'],
  ['soft', 'test -b /dev/sda || echo none', 'none'],
  ['privileged', 'echo 1 > /proc/sys/net/ipv4/ip_forward && echo written', 'written'],
  [
    'soft',
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    "sh: can't create /proc/sys/net/ipv4/ip_forward: Read-only file system\ncommand terminated with exit code 1",
  ],
  ['plain', 'cat /proc/sys/net/ipv4/ip_unprivileged_port_start', '0'],
  ['ports', 'timeout 1 nc -l -p 80', 'nc: bind: Permission denied\ncommand terminated with exit code 1'],
] as const)('in pod %s %s', async ([pod, script, text]) => {
  expect(await inside(pod, script)).toBe(`${text}\n`);
});

test('a pod that asks for a sysctl of all is turned away', async () => {
  const path = '{.status.phase}|{.status.reason}|{.status.message}';
  const { stdout } = await lab.run(`kubectl get pod somaxconn -o jsonpath='${path}'`);
  expect(stdout).toBe(
    'Failed|SysctlForbidden|Pod was rejected: forbidden sysctl: "net.core.somaxconn" not allowlisted',
  );
});

test.for([
  ['nonroot', 'container has runAsNonRoot and image will run as root'],
  ['zero', "container's runAsUser breaks non-root policy"],
] as const)('the container of pod %s is not made', async ([pod, message]) => {
  const path = '{.metadata.uid} {.status.containerStatuses[0].state.waiting.message}';
  const { stdout } = await lab.run(`kubectl get pod ${pod} -o jsonpath='${path}'`);
  const [uid = ''] = stdout.split(' ');
  expect(stdout).toBe(`${uid} ${message} (pod: "${pod}_default(${uid})", container: c)`);
});

const RANGE = 'must be between 0 and 2147483647, inclusive';
test.for([
  ['{runAsUser: -1}', '{}', `spec.securityContext.runAsUser: Invalid value: -1: ${RANGE}`],
  ['{fsGroup: 2147483648}', '{}', `spec.securityContext.fsGroup: Invalid value: 2147483648: ${RANGE}`],
  ['{}', '{runAsGroup: -5}', `spec.containers[0].securityContext.runAsGroup: Invalid value: -5: ${RANGE}`],
  [
    '{seccompProfile: {type: Foo}}',
    '{}',
    'spec.securityContext.seccompProfile.type: Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
  ],
] as const)('a pod with %s and a container with %s is invalid', async ([pod, container, message]) => {
  const { stderr } = await lab.run(`kubectl apply -f - <<'END'\n${podOf('bad', pod, container)}\nEND`);
  expect(stderr).toBe(`The Pod "bad" is invalid: ${message}\n`);
});
