import { expect, test } from 'vitest';
import { formatReference, isReferenceError, parseReference, withDefaultTag } from './reference.ts';

test.for([
  { typed: 'nginx', expected: 'docker.io/library/nginx:latest' },
  { typed: 'user/app:v1', expected: 'docker.io/user/app:v1' },
  { typed: 'index.docker.io/library/nginx:1', expected: 'docker.io/library/nginx:1' },
  { typed: 'registry.k8s.io/coredns/coredns:v1.14.2', expected: 'registry.k8s.io/coredns/coredns:v1.14.2' },
  { typed: 'localhost/x', expected: 'localhost/x:latest' },
  { typed: 'localhost:5000/x:2', expected: 'localhost:5000/x:2' },
  { typed: `nginx@sha256:${'a'.repeat(64)}`, expected: `docker.io/library/nginx@sha256:${'a'.repeat(64)}` },
  { typed: 'Nginx', expected: 'invalid reference format: repository name (library/Nginx) must be lowercase' },
  { typed: 'nginx:', expected: 'invalid reference format' },
  { typed: 'a b', expected: 'invalid reference format' },
  {
    typed: 'b'.repeat(64),
    expected: `invalid repository name (${'b'.repeat(64)}), cannot specify 64-byte hexadecimal strings`,
  },
])('$typed is $expected', ({ typed, expected }) => {
  const parsed = parseReference(typed);
  expect(isReferenceError(parsed) ? parsed.detail : formatReference(withDefaultTag(parsed))).toBe(expected);
});
