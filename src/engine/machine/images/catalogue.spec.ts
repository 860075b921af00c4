import { expect, test } from 'vitest';
import { imageOf, Registry } from '../container/registry.ts';
import { IMAGES, NOT_SIMULATED } from './catalogue.ts';
import { LATE_IMAGES } from './late-images.ts';

const ALL = [...IMAGES, ...LATE_IMAGES.images];

test('no two images answer to one name', () => {
  const names = ALL.flatMap(({ references }) => references);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every image has an id, a manifest and sizes', () => {
  for (const image of ALL.map(imageOf)) {
    expect(image.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(image.manifestDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(image.createdMs).toBeGreaterThan(0);
  }
});

test.for([
  { reference: 'docker.io/library/nginx:1.27.0', version: 'NGINX_VERSION=1.27.0' },
  { reference: 'docker.io/library/nginx:1.27', version: 'NGINX_VERSION=1.27.5' },
  { reference: 'docker.io/library/nginx:1.16', version: 'NGINX_VERSION=1.16.1' },
])('$reference carries $version', ({ reference, version }) => {
  const registry = new Registry(IMAGES, NOT_SIMULATED);
  expect(registry.image(reference)?.config.Env).toContain(version);
});
