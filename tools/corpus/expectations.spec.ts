import { expect, test } from 'vitest';
import { commandsOf } from '../fidelity/script-words.ts';
import { compare, schemaPath, valueAt } from './compare.ts';
import { expectationsOf, filesOf } from './expectations.ts';

test.for([
  {
    command: 'kubectl run nginx --image=nginx --restart=Never --port=80 --env=a=b -n x',
    expected: [
      {
        type: 'pod',
        name: 'nginx',
        namespace: 'x',
        fields: [
          { path: 'spec.containers[name=nginx].image', value: 'nginx' },
          { path: 'spec.containers[name=nginx].ports.0.containerPort', value: 80 },
          { path: 'spec.containers[name=nginx].env[name=a].value', value: 'b' },
          { path: 'spec.restartPolicy', value: 'Never' },
          { path: 'metadata.labels.run', value: 'nginx' },
        ],
      },
    ],
  },
  {
    command: 'kubectl run b --rm --image=busybox -it -- env',
    expected: [{ type: 'pod', name: 'b', namespace: undefined, fields: 'gone' }],
  },
  {
    command: 'kubectl set image pod/nginx nginx=nginx:1.24.0',
    expected: [
      {
        type: 'pod',
        name: 'nginx',
        namespace: undefined,
        fields: [{ path: 'spec.containers[name=nginx].image', value: 'nginx:1.24.0' }],
      },
    ],
  },
  {
    command: 'kubectl label deployment foo --overwrite app=foo old-',
    expected: [
      {
        type: 'deployment',
        name: 'foo',
        namespace: undefined,
        fields: [
          { path: 'metadata.labels.app', value: 'foo' },
          { path: 'metadata.labels.old', value: undefined },
        ],
      },
    ],
  },
  {
    command: `kubectl patch svc nginx -p '{"spec":{"type":"NodePort"}}'`,
    expected: [
      { type: 'svc', name: 'nginx', namespace: undefined, fields: [{ path: 'spec.type', value: 'NodePort' }] },
    ],
  },
  {
    command: 'kubectl delete svc a b',
    expected: [
      { type: 'svc', name: 'a', namespace: undefined, fields: 'gone' },
      { type: 'svc', name: 'b', namespace: undefined, fields: 'gone' },
    ],
  },
  {
    command: 'kubectl scale deploy/web --replicas=5',
    expected: [{ type: 'deploy', name: 'web', namespace: undefined, fields: [{ path: 'spec.replicas', value: 5 }] }],
  },
  { command: 'kubectl run x --image=y --dry-run=client -o yaml', expected: [] },
  { command: 'kubectl get pods', expected: [] },
])('$command names its fields', ({ command, expected }) => {
  expect(expectationsOf(commandsOf(command)[0] ?? [])).toEqual(expected);
});

test('a manifest names each of its values but those that the server owns', () => {
  const text =
    'kind: Pod\nmetadata: {name: a, creationTimestamp: null, labels: {x.y/z: "1"}}\nspec: {containers: [{name: c, image: i}]}\nstatus: {phase: Running}';
  expect(filesOf(['kubectl', 'apply', '-f', 'a.yaml'])).toEqual(['a.yaml']);
  expect(expectationsOf(['kubectl', 'apply', '-f', 'a.yaml'], [text])).toEqual([
    {
      type: 'Pod',
      name: 'a',
      namespace: undefined,
      fields: [
        { path: 'kind', value: 'Pod' },
        { path: 'metadata.name', value: 'a' },
        { path: 'metadata.labels.x\\.y/z', value: '1' },
        { path: 'spec.containers.0.name', value: 'c' },
        { path: 'spec.containers.0.image', value: 'i' },
      ],
    },
  ]);
});

test('a wrong value, a missing object and one that should be gone are mismatches', () => {
  const wanted = {
    type: 'pod',
    name: 'a',
    namespace: undefined,
    fields: [{ path: 'spec.containers[name=c].image', value: 'i' }],
  };
  expect(compare(wanted, { spec: { containers: [{ name: 'c', image: 'i' }] } }).mismatches).toEqual([]);
  expect(compare(wanted, { spec: { containers: [{ name: 'c', image: 'j' }] } }).mismatches).toEqual([
    'pod/a spec.containers[name=c].image: "j", wanted "i"',
  ]);
  expect(compare(wanted, undefined).mismatches).toEqual(['pod/a does not exist']);
  expect(compare({ ...wanted, fields: 'gone' }, {}).mismatches).toEqual(['pod/a is still there']);
});

test('paths are read with escaped dots, and shown as the schema has them', () => {
  expect(valueAt({ metadata: { labels: { 'a.b/c': 1 } } }, 'metadata.labels.a\\.b/c')).toBe(1);
  expect(schemaPath('spec.containers[name=c].ports.0.containerPort')).toBe('spec.containers.ports.containerPort');
  expect(schemaPath('metadata.labels.a\\.b/c')).toBe('metadata.labels');
  expect(schemaPath('spec.containers[name=c].args')).toBe('spec.containers.args');
});
