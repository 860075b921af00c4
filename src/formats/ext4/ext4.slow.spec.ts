/** Written file systems are what e2fsprogs makes and accepts: its e2fsck and dumpe2fs look at them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, closeSync, readSync, rmSync, ftruncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { decodeExt4 } from './decode.ts';
import { encodeExt4 } from './encode.ts';
import { planGeometry } from './geometry.ts';
import { formatExt4 } from './new-volume.ts';
import type { Ext4Identity } from './superblock.ts';
import type { Ext4Node } from './tree.ts';

const MEBIBYTE = 1_048_576;
const uuid = Uint8Array.from({ length: 16 }, (_, at) => 17 + at);
const identity: Ext4Identity = {
  uuid,
  hashSeed: uuid,
  label: 'data',
  lastMounted: '',
  madeAt: 1_700_000_000,
  mountedAt: 0,
  writtenAt: 1_700_000_000,
  mounts: 0,
};
const folder = mkdtempSync(join(tmpdir(), 'ext4-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

class Image {
  readonly path: string;
  readonly fd: number;
  constructor(name: string, bytes: number) {
    this.path = join(folder, name);
    this.fd = openSync(this.path, 'w+');
    ftruncateSync(this.fd, bytes);
  }
  readonly write = (offset: number, bytes: Uint8Array): void => {
    if (bytes.some((byte) => byte !== 0)) writeSync(this.fd, bytes, 0, bytes.length, offset);
  };
  readonly read = (offset: number, count: number): Uint8Array => {
    const bytes = new Uint8Array(count);
    return bytes.subarray(0, readSync(this.fd, bytes, 0, count, offset));
  };
  check(): string {
    closeSync(this.fd);
    const { stdout, stderr, status } = spawnSync('/sbin/e2fsck', ['-fn', this.path], { encoding: 'utf8' });
    return status === 0 ? 'clean' : `${String(status)} ${stdout}${stderr}`;
  }
}

/** What dumpe2fs says that does not hang on the identity or the time. */
const shape = (path: string): readonly string[] =>
  execFileSync('/sbin/dumpe2fs', ['-h', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .split('\n')
    .filter((line) =>
      /^(?:Filesystem features|Inode|Block|Reserved|Overhead|Free|First|Fragment|Group desc|Flex|Journal|Total journal|Required|Desired|Errors)/.test(
        line,
      ),
    );

describe.runIf(existsSync('/sbin/e2fsck'))('beside e2fsprogs', () => {
  test.for([2, 3, 8, 10, 33, 100, 256, 500, 513, 1024, 5000])('a new file system of %i MiB', (size) => {
    const image = new Image(`new-${String(size)}`, size * MEBIBYTE);
    const geometry = planGeometry(size * MEBIBYTE);
    if (geometry === undefined) throw new Error('no room');
    formatExt4(geometry, identity, image.write);
    expect(image.check()).toBe('clean');
    const real = join(folder, 'real');
    execFileSync('/sbin/mke2fs', ['-q', '-F', '-t', 'ext4', real, `${String(size)}M`]);
    const [ours, theirs] = [shape(image.path), shape(real)];
    rmSync(real);
    expect(ours).toEqual(theirs);
  });

  test('files of every kind, with holes, many names and many runs, are there afterwards and found again', () => {
    const bytes = encodeUtf8('0123456789abcdef'.repeat(4096));
    const read = (offset: number, count: number): Uint8Array => bytes.subarray(offset % 4096, (offset % 4096) + count);
    const plain = (inode: number, type: Ext4Node['type'], more: Partial<Ext4Node>): Ext4Node => ({
      inode,
      type,
      mode: 0o644,
      uid: 1000,
      gid: 70_000,
      links: 1,
      times: [1_700_000_000_123, 5000, 6000],
      size: 0,
      ...more,
    });
    const many = Array.from({ length: 300 }, (_, at) => [`name-${String(at)}`, 100 + at, 'file'] as const);
    const runs = Array.from({ length: 500 }, (_, at) => [at * 8192, at * 8192 + 4096] as const);
    const nodes: Ext4Node[] = [
      plain(2, 'directory', {
        mode: 0o755,
        links: 4,
        parent: 2,
        entries: [
          ['lost+found', 11, 'directory'],
          ['big', 12, 'directory'],
          ['a', 13, 'file'],
          ['b', 13, 'file'],
          ['link', 14, 'symlink'],
          ['long', 15, 'symlink'],
          ['null', 16, 'char'],
          ['pipe', 17, 'fifo'],
          ['holes', 18, 'file'],
        ],
      }),
      plain(11, 'directory', { mode: 0o700, links: 2, parent: 2, size: 12_288 }),
      plain(12, 'directory', { mode: 0o755, links: 2, parent: 2, entries: many }),
      plain(13, 'file', { links: 2, size: 6000, data: [[0, 6000]], read }),
      plain(14, 'symlink', { mode: 0o777, size: 1, target: 'a' }),
      plain(15, 'symlink', { mode: 0o777, size: 80, target: 'x'.repeat(80) }),
      plain(16, 'char', { rdev: [1, 300] }),
      plain(17, 'fifo', {}),
      plain(18, 'file', { size: 500 * 8192, data: runs, read }),
      ...many.map(([, inode]) => plain(inode, 'file', { size: 3, data: [[0, 3]], read: () => encodeUtf8('abc') })),
    ];
    const image = new Image('full', 20 * MEBIBYTE);
    const geometry = planGeometry(20 * MEBIBYTE);
    if (geometry === undefined) throw new Error('no room');
    encodeExt4(geometry, identity, nodes, image.write);
    const found = decodeExt4(image.read)?.nodes ?? [];
    const told = ({ read: content, data: _, size, parent: __, ...rest }: Ext4Node): unknown => ({
      ...rest,
      ...(rest.type === 'directory' ? {} : { size }),
      text: content === undefined ? '' : Buffer.from(content(0, Math.min(size, 9000))).toString(),
    });
    expect(found.toSorted((a, b) => a.inode - b.inode).map((node) => node.inode)).toEqual(
      nodes.map(({ inode }) => inode),
    );
    const expected = new Map(nodes.map((node) => [node.inode, node]));
    for (const node of found.filter(({ type }) => type !== 'directory' && type !== 'file'))
      expect(told(node)).toEqual(told(expected.get(node.inode) ?? node));
    const file = found.find(({ inode }) => inode === 13);
    expect(Buffer.from(file?.read?.(0, 4096) ?? []).equals(Buffer.from(bytes.subarray(0, 4096)))).toBe(true);
    expect(image.check()).toBe('clean');
  });
});
