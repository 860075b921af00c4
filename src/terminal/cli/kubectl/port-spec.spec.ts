import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { Fatal } from './fatal.ts';
import { forwardedPorts } from './port-spec.ts';

const pod: JsonObject = {
  metadata: { name: 'p' },
  spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }, { ports: [{ containerPort: 9090 }] }] },
};
const service = (more: JsonObject = {}): JsonObject => ({
  metadata: { name: 's' },
  spec: {
    ports: [
      { name: 'web', port: 80, targetPort: 'http' },
      { name: 'admin', port: 81, targetPort: 9090 },
    ],
    ...more,
  },
});

test.for([
  { words: ['8080'], service: undefined, expected: [{ local: 8080, remote: 8080 }] },
  {
    words: ['5000:http', ':9090', '0:9090'],
    service: undefined,
    expected: [
      { local: 5000, remote: 8080 },
      { local: 0, remote: 9090 },
      { local: 0, remote: 9090 },
    ],
  },
  {
    words: ['80', 'admin', '8443:81'],
    service: service(),
    expected: [
      { local: 80, remote: 8080 },
      { local: 81, remote: 9090 },
      { local: 8443, remote: 9090 },
    ],
  },
  { words: ['80'], service: service({ clusterIP: 'None' }), expected: [{ local: 80, remote: 80 }] },
])('$words forwards $expected', ({ words, service: given, expected }) => {
  expect(forwardedPorts(words, pod, given)).toEqual(expected);
});

test.for([
  { word: 'https', service: undefined, expected: "error: Pod 'p' does not have a named port 'https'" },
  { word: '82', service: service(), expected: 'error: Service s does not have a service port 82' },
  { word: 'grpc', service: service(), expected: "error: Service 's' does not have a named port 'grpc'" },
  { word: '1:2:3', service: undefined, expected: "error: invalid port format '1:2:3'" },
  { word: '1:0', service: undefined, expected: 'error: remote port must be > 0' },
  {
    word: 'x:1',
    service: undefined,
    expected: `error: error parsing local port 'x': strconv.ParseUint: parsing "x": invalid syntax`,
  },
])('$word is refused: $expected', ({ word, service: given, expected }) => {
  expect(() => forwardedPorts([word], pod, given)).toThrow(new Fatal(expected));
});
