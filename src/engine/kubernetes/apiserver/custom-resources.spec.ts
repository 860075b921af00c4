import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { httpLab } from './http/http-lab.spec-support.ts';

const definition: JsonObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crontabs.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object' } },
        additionalPrinterColumns: [{ name: 'Spec', type: 'string', jsonPath: '.spec.cronSpec' }],
      },
    ],
  },
};

test('a definition makes its resource served, discovered, printed and watched', () => {
  const lab = httpLab();
  expect(lab.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition).head?.status).toBe(
    201,
  );
  const path = '/apis/stable.example.com/v1/namespaces/default/crontabs';
  const watch = lab.send('GET', `${path}?watch=true`);
  expect(
    lab.send('POST', path, {
      apiVersion: 'stable.example.com/v1',
      kind: 'CronTab',
      metadata: { name: 'a' },
      spec: { cronSpec: '* * * * *' },
    }).head?.status,
  ).toBe(201);
  lab.advance(10_000);
  expect(watch.chunks).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'a', generation: 1 } } }]);
  const table = lab.send('GET', path, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }).chunks[0];
  expect(table).toMatchObject({
    columnDefinitions: [{ name: 'Name' }, { name: 'Spec' }],
    rows: [{ cells: ['a', '* * * * *'] }],
  });
  expect(lab.send('GET', '/apis/stable.example.com/v1').chunks[0]).toMatchObject({
    resources: [{ name: 'crontabs', shortNames: ['ct'] }],
  });
  lab.send('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/crontabs.stable.example.com');
  expect(lab.send('GET', path).chunks[0]).toMatchObject({
    code: 404,
    message: 'the server could not find the requested resource',
  });
});
