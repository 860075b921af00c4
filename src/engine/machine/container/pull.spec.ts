import { expect, test } from 'vitest';
import { IMAGES, NOT_SIMULATED } from '../images/catalogue.ts';
import { planPull } from './pull-plan.ts';
import { containerdPullError, dockerPullError } from './pull-error.ts';
import { isReferenceError, parseReference } from './reference.ts';
import { isPullFailure, Registry } from './registry.ts';

const registry = new Registry(IMAGES, NOT_SIMULATED);
function refusal(typed: string) {
  const parsed = parseReference(typed);
  const answer = isReferenceError(parsed) ? undefined : registry.resolve(parsed);
  if (answer === undefined || !isPullFailure(answer)) throw new Error(`${typed} is there`);
  return { docker: dockerPullError(answer).message, containerd: containerdPullError(answer).message };
}

test.for([
  {
    typed: 'nosuch',
    docker:
      "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    containerd:
      'failed to pull and unpack image "docker.io/library/nosuch:latest": failed to resolve reference "docker.io/library/nosuch:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  },
  {
    typed: 'nginx:99',
    docker: 'manifest for nginx:99 not found: manifest unknown: manifest unknown',
    containerd:
      'failed to pull and unpack image "docker.io/library/nginx:99": failed to resolve reference "docker.io/library/nginx:99": docker.io/library/nginx:99: not found',
  },
  {
    typed: 'example.invalid/x',
    docker: 'Get "https://example.invalid/v2/": dial tcp: lookup example.invalid on 127.0.0.53:53: no such host',
    containerd:
      'failed to pull and unpack image "example.invalid/x:latest": failed to resolve reference "example.invalid/x:latest": failed to do request: Head "https://example.invalid/v2/x/manifests/latest": dial tcp: lookup example.invalid on 127.0.0.53:53: no such host',
  },
  {
    typed: 'mysql',
    docker: "drydock: image 'mysql:latest' is not simulated",
    containerd: "drydock: image 'mysql:latest' is not simulated",
  },
])('$typed is refused as the registries do', ({ typed, docker, containerd }) => {
  expect(refusal(typed)).toEqual({ docker, containerd });
});

test('layers that are there take no time, others download together and unpack in order', () => {
  const layer = (name: string, present: boolean) => ({
    name,
    compressedBytes: 20_000_000,
    sizeBytes: 30_000_000,
    present,
  });
  const { steps, durationUs } = planPull([layer('a', true), layer('b', false), layer('c', false)], false);
  expect(steps.map(({ atUs, layer: name, phase }) => `${String(atUs / 1000)} ${name} ${phase}`)).toEqual([
    '0 a Already exists',
    '0 b Pulling fs layer',
    '0 c Pulling fs layer',
    '1000 b Verifying Checksum',
    '1000 c Verifying Checksum',
    '1002 b Download complete',
    '1002 b Extracting',
    '1002 c Download complete',
    '1204 b Pull complete',
    '1204 c Extracting',
    '1406 c Pull complete',
  ]);
  expect(durationUs).toBe(1_406_000);
});
