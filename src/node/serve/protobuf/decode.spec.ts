import { expect, test } from 'vitest';
import { decodeProtobufBody } from './decode.ts';

type Part = readonly [field: number, value: string | number | Uint8Array];

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** A message with these fields. */
function message(...parts: readonly Part[]): Uint8Array {
  return Buffer.concat(
    parts.map(([field, value]) => {
      if (typeof value === 'number') return Buffer.from([...varint(field * 8), ...varint(value)]);
      const bytes = Buffer.from(value);
      return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes]);
    }),
  );
}

const body = (apiVersion: string, kind: string, raw: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from('k8s\0'), message([1, message([1, apiVersion], [2, kind])], [2, raw])]);
const metadata = (name: string): Uint8Array =>
  message([1, name], [2, ''], [5, ''], [7, 0], [8, message()], [11, message([1, 'app'], [2, name])]);
const read = (name: string): Record<string, unknown> => ({ name, labels: { app: name } });

test.for([
  {
    given: 'a map of strings and one of bytes',
    bytes: body(
      'v1',
      'ConfigMap',
      message(
        [1, metadata('a')],
        [2, message([1, 'colour'], [2, 'blue'])],
        [2, message([1, 'size'], [2, ''])],
        [3, message([1, 'blob'], [2, Uint8Array.of(1, 2, 255)])],
      ),
    ),
    value: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: read('a'),
      data: { colour: 'blue', size: '' },
      binaryData: { blob: 'AQL/' },
    },
  },
  {
    given: 'a pointer to zero, which is kept, beside zeros that omitempty leaves out',
    bytes: body('apps/v1', 'Deployment', message([1, metadata('a')], [2, message([1, 0], [5, 0], [7, 0])])),
    value: { kind: 'Deployment', apiVersion: 'apps/v1', metadata: read('a'), spec: { replicas: 0 } },
  },
  {
    given: 'structures whose fields stand in their parent, and quantities',
    bytes: body(
      'v1',
      'Pod',
      message([2, message([1, message([1, 'tmp'], [2, message([2, message([1, ''], [2, message([1, '1Gi'])])])])])]),
    ),
    value: { kind: 'Pod', apiVersion: 'v1', spec: { volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }] } },
  },
  {
    given: 'a number or a name',
    bytes: body(
      'v1',
      'Service',
      message([
        2,
        message(
          [1, message([3, 80], [4, message([1, 0], [2, 8080])])],
          [1, message([3, 81], [4, message([1, 1], [3, 'http'])])],
        ),
      ]),
    ),
    value: {
      kind: 'Service',
      apiVersion: 'v1',
      spec: {
        ports: [
          { port: 80, targetPort: 8080 },
          { port: 81, targetPort: 'http' },
        ],
      },
    },
  },
  {
    given: 'options of any group, and a negative number',
    bytes: body(
      'policy/v1',
      'DeleteOptions',
      Buffer.concat([Buffer.from([8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]), message([4, 'Background'])]),
    ),
    value: { kind: 'DeleteOptions', apiVersion: 'policy/v1', gracePeriodSeconds: -1, propagationPolicy: 'Background' },
  },
  {
    given: 'a list inside a message',
    bytes: body(
      'certificates.k8s.io/v1',
      'CertificateSigningRequest',
      message([2, message([1, 'pem'], [6, message([1, 'scopes'], [2, message([1, 'a'], [1, 'b'])])])]),
    ),
    value: {
      kind: 'CertificateSigningRequest',
      apiVersion: 'certificates.k8s.io/v1',
      spec: { request: 'cGVt', extra: { scopes: ['a', 'b'] } },
    },
  },
])('reads $given', ({ bytes, value }) => {
  expect(decodeProtobufBody(bytes)).toEqual({ value });
});

test.for([
  {
    given: 'JSON',
    bytes: Buffer.from('{"kind":"Pod"}'),
    error: 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
  },
  {
    given: 'half a message',
    bytes: body('v1', 'Pod', message([1, metadata('a')])).subarray(0, 20),
    error: 'unexpected EOF',
  },
  {
    given: 'an unknown kind',
    bytes: body('example.com/v1', 'Boat', message()),
    error: "drydock: a protobuf body of kind 'Boat' in 'example.com/v1' is not simulated",
  },
  {
    given: 'an object that is none',
    bytes: body('v1', 'Pod', Uint8Array.of(10, 200)),
    error: 'proto: Pod: illegal wire data',
  },
])('refuses $given', ({ bytes, error }) => {
  expect(decodeProtobufBody(bytes)).toEqual({ error });
});
