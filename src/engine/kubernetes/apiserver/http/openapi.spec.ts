import { expect, test } from 'vitest';
import { Registry } from '../registry.ts';
import { describeNothing, openApiDocument } from './openapi.ts';
import { schemaName } from './openapi-names.ts';

test.each([
  ['V1PodSpec', 'io.k8s.api.core.v1.PodSpec'],
  ['V1PodTemplateSpec', 'io.k8s.api.core.v1.PodTemplateSpec'],
  ['CoreV1Event', 'io.k8s.api.core.v1.Event'],
  ['EventsV1Event', 'io.k8s.api.events.v1.Event'],
  ['V1Deployment', 'io.k8s.api.apps.v1.Deployment'],
  ['V1JobTemplateSpec', 'io.k8s.api.batch.v1.JobTemplateSpec'],
  ['RbacV1Subject', 'io.k8s.api.rbac.v1.Subject'],
  ['V1TopologySelectorTerm', 'io.k8s.api.core.v1.TopologySelectorTerm'],
  ['V1ObjectMeta', 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'],
  ['V1OwnerReference', 'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference'],
  ['V1CustomResourceDefinition', 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition'],
  ['V1APIService', 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService'],
])('%s is published as %s', (model, name) => {
  expect(schemaName(model)).toBe(name);
});

test('fields refer to other schemas as upstream does', () => {
  const document = openApiDocument(new Registry(), 'api/v1', describeNothing) as {
    components: { schemas: Record<string, { properties: Record<string, unknown> }> };
  };
  const { schemas } = document.components;
  const reference = (name: string) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] });
  expect(schemas['io.k8s.api.core.v1.ServicePort']?.properties).toMatchObject({
    port: { type: 'integer', format: 'int32' },
    targetPort: reference('io.k8s.apimachinery.pkg.util.intstr.IntOrString'),
  });
  expect(schemas['io.k8s.api.core.v1.ResourceRequirements']?.properties).toMatchObject({
    limits: { type: 'object', additionalProperties: reference('io.k8s.apimachinery.pkg.api.resource.Quantity') },
  });
  expect(schemas['io.k8s.api.core.v1.PodSpec']?.properties['containers']).toEqual({
    description: '',
    type: 'array',
    items: reference('io.k8s.api.core.v1.Container'),
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    'x-kubernetes-patch-merge-key': 'name',
    'x-kubernetes-patch-strategy': 'merge',
  });
  expect(schemas['io.k8s.apimachinery.pkg.apis.meta.v1.Time']).toEqual({ type: 'string', format: 'date-time' });
});
