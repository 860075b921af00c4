import { gzipSync, strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { encodePlain } from '../src/engine/sim/plain-codec.ts';
import type { StoredSandbox } from '../src/protocol/store.ts';
import { readSandboxFile, writeSandboxFile } from './sandbox-file.ts';

const STORED: StoredSandbox = {
  id: 'main',
  identity: { topology: 'docker-1', seed: 1, engine: 'test' },
  attempts: 0,
  aside: [],
  log: Array.from({ length: 50 }, (_, index) => ({
    seq: index + 1,
    atUs: index * 1000,
    input: { type: 'terminal.write', terminal: 1, bytes: Uint8Array.of(index, 13) },
  })) as unknown as StoredSandbox['log'],
};
const FILE = writeSandboxFile(STORED);
const DAMAGED = { message: 'it is damaged, or not a Drydock file' };

test('what was written is read, under the id of who reads', () => {
  expect(readSandboxFile('other', FILE)).toEqual({ ...STORED, id: 'other' });
});

test('a file with any byte changed is refused, where the change is one of its content', () => {
  for (let at = 0; at < FILE.length; at += 1) {
    const bytes = FILE.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    expect([DAMAGED, STORED]).toContainEqual(readSandboxFile('main', bytes));
  }
});

test('a file that was cut off is refused', () => {
  for (let length = 0; length < FILE.length; length += 7)
    expect({ length, read: readSandboxFile('main', FILE.slice(0, length)) }).toEqual({ length, read: DAMAGED });
});

test.for([
  { given: 'text', bytes: strToU8('apiVersion: v1\n'), expected: DAMAGED },
  { given: 'something else, compressed', bytes: gzipSync(strToU8('hello')), expected: DAMAGED },
  {
    given: 'other data, compressed',
    bytes: gzipSync(strToU8(encodePlain({ format: 'drydock-sandbox-1' }))),
    expected: { message: 'it is not a Drydock sandbox' },
  },
  {
    given: 'a sandbox of a topology that is gone',
    bytes: writeSandboxFile({ ...STORED, identity: { ...STORED.identity, topology: 'kubeadm-77' } }),
    expected: { message: 'its topology kubeadm-77 is unknown here' },
  },
])('$given is refused', ({ bytes, expected }) => {
  expect(readSandboxFile('main', bytes)).toEqual(expected);
});
