import { expect, test } from 'vitest';
import { TerminalStory } from './terminal-story.spec-support.ts';

test('a pod that is run for a session is typed into and goes with it', async () => {
  const story = await TerminalStory.boot();
  await story.open('t');
  await story.type('t', 'kubectl run -it --rm sh --image=busybox -- sh\r', 8);
  expect(story.shown('t')).toContain("If you don't see a command prompt, try pressing enter.\n/ # ");
  expect(await story.type('t', 'hostname\r', 1)).toContain('\nsh\n/ # ');
  expect(await story.type('t', 'exit\r', 3)).toContain(
    'Session ended, resume using \'kubectl attach sh -c sh -i -t\' command when the pod is running\npod "sh" deleted from default namespace\n',
  );
});

test('the keys of a session belong to the container; those of a watch to the command', async () => {
  const story = await TerminalStory.boot();
  await story.open('t');
  await story.type('t', 'kubectl create deployment web --image=nginx --replicas=2\r', 8);
  await story.type('t', 'kubectl exec -it deploy/web -- bash\r', 2);
  expect(await story.type('t', 'sleep 100\r', 1)).toMatch(/sleep 100\n$/);
  expect(await story.type('t', '\u0003', 1)).toMatch(/\^C\n.*# $/);
  const wide = (await story.type('t', 'ls /\r', 1)).split('\n').length;
  story.resize('t', 30, 30);
  await story.pass(1);
  expect((await story.type('t', 'ls /\r', 1)).split('\n').length).toBeGreaterThan(wide);
  story.resize('t', 100, 30);
  expect(await story.type('t', '\u0004', 1)).toContain('root@control-plane:~# ');
  expect(await story.type('t', 'kubectl get pods -w\r', 2)).toMatch(
    /NAME +READY +STATUS +RESTARTS +AGE\nweb-.*1\/1 +Running/,
  );
  expect(await story.type('t', '\u0003', 1)).toContain('^C\n');
  expect(await story.type('t', 'echo $?\r', 1)).toContain('\n130\n');
  expect(await story.type('t', 'kubectl logs -f deploy/web\r', 2)).toContain('Found 2 pods, using pod/web-');
  expect(await story.type('t', '\u0003', 1)).toContain('^C\nroot@control-plane:~# ');
  expect(await story.type('t', 'kubectl logs -l app=web -f --tail=1 --prefix\r', 2)).toMatch(
    /\[pod\/web-\S+\/nginx\] .*\n\[pod\/web-\S+\/nginx\] /,
  );
});

test('Tab knows verbs, types, and names that the server has now, by an alias too', async () => {
  const story = await TerminalStory.boot();
  await story.open('t');
  await story.type('t', 'kubectl run lonely --image=nginx; alias k=kubectl\r', 6);
  expect(await story.type('t', 'kubectl desc\t', 1)).toMatch(/kubectl describe $/);
  expect(await story.type('t', 'deploym\t', 1)).toMatch(/kubectl describe deployments $/);
  await story.type('t', '\u0003', 1);
  expect(await story.type('t', 'k logs lon\t', 1)).toMatch(/k logs lonely $/);
  await story.type('t', '\u0003', 1);
  expect(await story.type('t', 'kubectl get po lon\t', 1)).toMatch(/get po lonely $/);
});

test('an object is edited in vi, and a wrong edit comes back with what is wrong', async () => {
  const story = await TerminalStory.boot();
  await story.open('t');
  await story.type('t', 'kubectl create deployment web --image=nginx --replicas=2\r', 8);
  await story.type('t', 'kubectl edit deployment web\r', 2);
  await story.type('t', '/replicas: 2\r$r3', 1);
  expect(await story.type('t', ':wq\r', 2)).toContain('deployment.apps/web edited\n');
  expect(await story.type('t', 'kubectl get deployment web -o jsonpath={.spec.replicas}\r', 2)).toContain('\n3root@');
  await story.type('t', 'kubectl edit deployment web\r', 2);
  expect(await story.type('t', ':q\r', 1)).toContain('Edit cancelled, no changes made.\n');
  await story.type('t', 'kubectl edit deployment web\r', 2);
  await story.type('t', '/replicas: 3\r$s-3\u001b', 1);
  expect(await story.type('t', ':wq\r', 2)).toContain(
    'spec.replicas: Invalid value: -3: must be greater than or equal to 0',
  );
});

test('what waits for long goes on in a restored world', async () => {
  const one = await TerminalStory.boot();
  await one.open('setup', 'wait', 'rollout', 'delete', 'events', 'logs', 'forward', 'proxy');
  const stubborn = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"stubborn","finalizers":["example.com/hold"]}}`;
  await one.type(
    'setup',
    `kubectl create deployment web --image=nginx --replicas=2; kubectl create configmap c; echo '${stubborn}' | kubectl apply -f -\r`,
    8,
  );
  await one.type(
    'setup',
    'kubectl rollout pause deployment/web; kubectl set image deployment/web nginx=nginx:1.28\r',
    2,
  );
  const commands = {
    wait: 'kubectl wait --for=delete configmap/c configmap/stubborn --timeout=-1s',
    rollout: 'kubectl rollout status deployment/web',
    delete: 'kubectl delete configmap stubborn',
    events: 'kubectl events -w',
    logs: 'kubectl logs -f -l app=web --tail=0 --prefix',
    forward: 'kubectl port-forward deploy/web 8080:80',
    proxy: 'kubectl proxy',
  };
  for (const [terminal, command] of Object.entries(commands)) await one.type(terminal, `${command}\r`, 0.5);
  await one.pass(10);
  expect(one.sandbox.unsaveable()).toEqual([]);
  const other = await one.elsewhere();
  const begun = new Map(Object.keys(commands).map((terminal) => [terminal, one.shown(terminal).length]));
  for (const story of [one, other]) {
    await story.type(
      'setup',
      'curl -s localhost:8080 | grep title; curl -s localhost:8001/healthz; kubectl delete configmap c\r',
      3,
    );
    await story.type(
      'setup',
      `kubectl patch configmap stubborn --type=merge -p '{"metadata":{"finalizers":null}}'; kubectl rollout resume deployment/web\r`,
      30,
    );
  }
  const since = (terminal: string): string => one.shown(terminal).slice(begun.get(terminal));
  for (const terminal of Object.keys(commands)) expect(other.shown(terminal)).toBe(since(terminal));
  expect(other.sandbox.fingerprint()).toEqual(one.sandbox.fingerprint());
  expect(other.shown('setup')).toContain('<title>Welcome to nginx!</title>\nok');
  expect(since('wait')).toContain('configmap/c condition met\nconfigmap/stubborn condition met\n');
  expect(since('rollout')).toContain('deployment "web" successfully rolled out\n');
  expect(since('delete')).toContain('root@control-plane:~# ');
  expect(since('events')).toContain('ScalingReplicaSet');
  expect(since('logs')).toMatch(/\[pod\/web-\S+\/nginx\] .*GET \/ HTTP\/1\.1/);
  expect(since('forward')).toBe('Handling connection for 8080\n');
});

test('files go to and from a container, and requests through a proxy, with the complaints of the real ones', async () => {
  const story = await TerminalStory.boot();
  await story.open('t', 'proxy');
  await story.type('t', 'kubectl run web --image=nginx; kubectl run bare --image=registry.k8s.io/pause:3.10\r', 8);
  await story.type('t', 'mkdir -p d/e; echo hi > d/e/f; clear\r', 1);
  expect(await story.type('t', 'kubectl cp d web:/tmp && kubectl exec web -- cat /tmp/d/e/f\r', 3)).toContain('\nhi\n');
  expect(await story.type('t', 'kubectl cp web:/tmp/d back && cat back/e/f\r', 3)).toContain(
    "tar: Removing leading `/' from member names\nhi\n",
  );
  expect(await story.type('t', 'kubectl cp web:/none x; echo $?\r', 3)).toContain(
    'tar: /none: Cannot stat: No such file or directory\n',
  );
  expect(await story.type('t', 'kubectl cp d bare:/x; echo $?\r', 3)).toMatch(
    /exec: "tar": executable file not found in \$PATH.*\n1\n/,
  );
  expect(
    await story.type(
      't',
      'kubectl create rolebinding r --clusterrole=view --user=a; kubectl set subject rolebinding r --user=b\r',
      2,
    ),
  ).toContain('rolebinding.rbac.authorization.k8s.io/r subjects updated\n');
  await story.type('proxy', 'kubectl proxy --port=8080\r', 1);
  expect(story.shown('proxy')).toContain('Starting to serve on 127.0.0.1:8080\n');
  expect(await story.type('t', 'curl http://localhost:8080/api/\r', 2)).toContain(
    '{\n  "kind": "APIVersions",\n  "versions": [\n    "v1"\n  ],',
  );
  expect(await story.type('t', 'curl http://localhost:8080/api/v1/namespaces/default/pods/web/exec\r', 2)).toContain(
    'Forbidden\n',
  );
  expect(await story.type('t', 'source <(kubectl completion bash) && type __start_kubectl\r', 2)).toContain(
    '__start_kubectl is a function',
  );
});
