import { expect, test } from 'vitest';
import {
  GROUP_ORDER,
  allResources,
  describeField,
  kindOf,
  mergeKey,
  modelNames,
  resourceOf,
  servedResources,
  typeOf,
} from './index.ts';

test.for([
  {
    model: 'V1ServiceSpec',
    field: 'clusterIP',
    expected: { type: 'string', array: false, map: false, required: false },
  },
  {
    model: 'V1PodSpec',
    field: 'containers',
    expected: { type: 'object', ref: 'V1Container', array: true, map: false, required: true },
  },
  {
    model: 'V1PodStatus',
    field: 'podIPs',
    expected: { type: 'object', ref: 'V1PodIP', array: true, map: false, required: false },
  },
  { model: 'V1Secret', field: 'data', expected: { type: 'byte', array: false, map: true, required: false } },
  {
    model: 'V1ResourceRequirements',
    field: 'limits',
    expected: { type: 'quantity', array: false, map: true, required: false },
  },
  {
    model: 'V1ServicePort',
    field: 'targetPort',
    expected: { type: 'int-or-string', array: false, map: false, required: false },
  },
  {
    model: 'V1DeploymentSpec',
    field: 'replicas',
    expected: { type: 'integer', format: 'int32', array: false, map: false, required: false },
  },
  {
    model: 'V1ObjectMeta',
    field: 'creationTimestamp',
    expected: { type: 'date-time', array: false, map: false, required: false },
  },
  {
    model: 'V1LeaseSpec',
    field: 'renewTime',
    expected: { type: 'micro-time', array: false, map: false, required: false },
  },
  {
    model: 'V1JSONSchemaProps',
    field: '$ref',
    expected: { type: 'string', array: false, map: false, required: false },
  },
  {
    model: 'V1JSONSchemaProps',
    field: 'x-kubernetes-validations',
    expected: { type: 'object', ref: 'V1ValidationRule', array: true, map: false, required: false },
  },
  {
    model: 'V1SubjectAccessReviewSpec',
    field: 'extra',
    expected: { type: 'string', array: true, map: true, required: false },
  },
])('$model.$field', ({ model, field, expected }) => {
  expect(typeOf(model)?.fields.get(field)).toEqual({ name: field, ...expected });
});

test('an unknown model is undefined', () => {
  expect(typeOf('V1Nothing')).toBeUndefined();
});

test('every model that a field refers to exists', () => {
  const names = new Set(modelNames());
  const broken = modelNames().flatMap((name) =>
    [...(typeOf(name)?.fields.values() ?? [])]
      .filter((field) => field.ref !== undefined && !names.has(field.ref))
      .map((field) => `${name}.${field.name}: ${field.ref ?? ''}`),
  );
  expect(broken).toEqual([]);
});

test('a resource is found by plural and by kind', () => {
  const deployments = resourceOf('apps', 'v1', 'deployments');
  expect(kindOf('apps', 'v1', 'Deployment')).toBe(deployments);
  expect(deployments).toEqual({
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    plural: 'deployments',
    singular: 'deployment',
    namespaced: true,
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: ['deploy'],
    categories: ['all'],
    subresources: [
      { name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] },
      { name: 'status', group: 'apps', version: 'v1', kind: 'Deployment', verbs: ['get', 'patch', 'update'] },
    ],
    model: 'V1Deployment',
    servedByDefault: true,
  });
});

test.for([
  { plural: 'pods', group: '', version: 'v1', namespaced: true, kind: 'Pod' },
  { plural: 'namespaces', group: '', version: 'v1', namespaced: false, kind: 'Namespace' },
  { plural: 'nodes', group: '', version: 'v1', namespaced: false, kind: 'Node' },
  { plural: 'endpointslices', group: 'discovery.k8s.io', version: 'v1', namespaced: true, kind: 'EndpointSlice' },
  {
    plural: 'localsubjectaccessreviews',
    group: 'authorization.k8s.io',
    version: 'v1',
    namespaced: true,
    kind: 'LocalSubjectAccessReview',
  },
])('$plural are $kind', ({ plural, group, version, namespaced, kind }) => {
  expect(resourceOf(group, version, plural)).toMatchObject({ kind, namespaced });
});

test('every resource has a model with metadata, or is a request that is only created', () => {
  const odd = allResources()
    .filter((resource) => typeOf(resource.model)?.fields.has('metadata') !== true)
    .map((resource) => resource.plural);
  expect(odd).toEqual([]);
});

test('every group has a place in the order of discovery, and nothing unstable is served by default', () => {
  const groups = new Set(allResources().map((resource) => resource.group));
  expect([...groups].filter((group) => !GROUP_ORDER.includes(group))).toEqual([]);
  expect(servedResources().filter((resource) => resource.version.includes('beta'))).toEqual([]);
});

test.for([
  {
    model: 'V1PodSpec',
    field: 'containers',
    expected: { strategies: ['merge'], mergeKey: 'name', listType: 'map', listMapKeys: ['name'] },
  },
  {
    model: 'V1Container',
    field: 'ports',
    expected: {
      strategies: ['merge'],
      mergeKey: 'containerPort',
      listType: 'map',
      listMapKeys: ['containerPort', 'protocol'],
    },
  },
  { model: 'V1DeploymentSpec', field: 'strategy', expected: { strategies: ['retainKeys'] } },
  { model: 'V1ObjectMeta', field: 'finalizers', expected: { strategies: ['merge'], listType: 'set' } },
  { model: 'V1PodSpec', field: 'tolerations', expected: undefined },
])('$model.$field merges as upstream does', ({ model, field, expected }) => {
  expect(mergeKey(model, field)).toEqual(expected);
});

test('descriptions come from their own module', async () => {
  expect(await describeField('V1Container', 'name')).toMatch(
    /^Name of the container specified as a DNS_LABEL\. Each container/,
  );
  expect(await describeField('V1Pod')).toMatch(/^Pod is a collection of containers/);
  expect(await describeField('V1Pod', 'nothing')).toBe('');
});
