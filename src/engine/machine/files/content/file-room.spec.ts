/** A file system's room beside plain models: bytes as an array, pages as a set. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { ContentBudget } from './content-budget.ts';
import { PAGE_BYTES, pagesOf } from './extents.ts';
import { FileTreeTable } from '../trees/file-tree.ts';
import { InodeFs } from '../file-systems/inode-fs.ts';
import { writeWhole, type Vnode } from '../vnode.ts';

const PAGES = 16;
const offset = fc.integer({ min: 0, max: 6 * PAGE_BYTES });
const length = fc.integer({ min: 1, max: 3 * PAGE_BYTES });
const change = fc.oneof(
  fc.record({ op: fc.constant('write' as const), file: fc.nat(2), offset, length }),
  fc.record({ op: fc.constant('truncate' as const), file: fc.nat(2), offset, length }),
  fc.record({ op: fc.constant('allocate' as const), file: fc.nat(2), offset, length, keepSize: fc.boolean() }),
  fc.record({ op: fc.constant('punch' as const), file: fc.nat(2), offset, length }),
  fc.record({ op: fc.constant('remove' as const), file: fc.nat(2), offset, length }),
);

class Model {
  bytes = new Uint8Array(0);
  readonly pages = new Set<number>();

  resize(size: number): void {
    const bytes = new Uint8Array(size);
    bytes.set(this.bytes.subarray(0, size));
    if (size <= this.bytes.length)
      for (const page of [...this.pages]) if (page >= pagesOf(size)) this.pages.delete(page);
    this.bytes = bytes;
  }

  missing(from: number, to: number): number[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).filter((at) => !this.pages.has(at));
  }
}

const newFs = (saved?: Parameters<typeof InodeFs.restore>[0]): InodeFs => {
  const host = { nowMs: () => 0, contents: new ContentBudget(), changed: () => undefined };
  return saved === undefined
    ? new InodeFs(
        { id: 1, type: 'tmpfs', device: 1, totalBytes: PAGES * PAGE_BYTES, totalInodes: 99 },
        host,
        new FileTreeTable(),
      )
    : InodeFs.restore(saved, host, new FileTreeTable());
};

/** Makes the change in both; the model knows what has to come of it. */
function apply(
  fs: InodeFs,
  models: Map<string, Model>,
  each: typeof change extends fc.Arbitrary<infer T> ? T : never,
): void {
  const name = `f${String(each.file)}`;
  if (each.op === 'remove') {
    fs.remove(fs.root, name);
    models.delete(name);
    return;
  }
  const made = fs.root.lookup(name) ?? fs.create(fs.root, name, { type: 'file', mode: 0o644, uid: 0, gid: 0 });
  if (failed(made)) throw new Error(made.errno);
  const node: Vnode = made;
  const model = models.get(name) ?? new Model();
  models.set(name, model);
  const free = PAGES - [...models.values()].reduce((sum, { pages }) => sum + pages.size, 0);
  const [first, end] = [Math.floor(each.offset / PAGE_BYTES), each.offset + each.length];
  if (each.op === 'truncate') {
    expect(node.truncate(each.offset)).toBeUndefined();
    model.resize(each.offset);
  } else if (each.op === 'allocate') {
    const missing = model.missing(first, pagesOf(end));
    const done = node.allocate(each.offset, each.length, { keepSize: each.keepSize });
    expect(failed(done)).toBe(missing.length > free);
    if (missing.length > free) return;
    for (const page of missing) model.pages.add(page);
    if (!each.keepSize && end > model.bytes.length) model.resize(end);
  } else if (each.op === 'punch') {
    expect(node.punchHole(each.offset, each.length)).toBeUndefined();
    model.bytes.fill(0, each.offset, end);
    for (let page = pagesOf(each.offset); page < Math.floor(end / PAGE_BYTES); page += 1) model.pages.delete(page);
  } else {
    const missing = model.missing(first, pagesOf(end));
    const stop = missing[free];
    const fits = stop === undefined ? end : Math.max(each.offset, stop * PAGE_BYTES);
    const done = writeWhole(node, each.offset, new Uint8Array(each.length).fill(7));
    expect(failed(done)).toBe(stop !== undefined);
    if (fits === each.offset) return;
    for (const page of missing) if (page < pagesOf(fits)) model.pages.add(page);
    if (fits > model.bytes.length) model.resize(fits);
    model.bytes.fill(7, each.offset, fits);
  }
}

test('pages, bytes and what is left agree with the models after any changes, now and after a restore', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 14 }), (changes) => {
      const fs = newFs();
      const models = new Map<string, Model>();
      for (const each of changes) apply(fs, models, each);
      for (const shown of [fs, newFs(fs.snapshot())]) {
        const used = [...models.values()].reduce((sum, { pages }) => sum + pages.size, 0);
        expect(shown.usage().usedBytes).toBe(used * PAGE_BYTES);
        for (const [name, { bytes, pages }] of models) {
          const node = shown.root.lookup(name);
          expect([node?.size, node?.pages]).toEqual([bytes.length, pages.size]);
          expect(Buffer.from(bytes).equals(Buffer.from((node?.read(0, Infinity) ?? []) as Uint8Array))).toBe(true);
          expect(holesOf(node, bytes.length)).toEqual(pagesUpTo(pages, bytes.length));
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** Pages with room up to the end, by SEEK_DATA and SEEK_HOLE. */
function holesOf(node: Vnode | undefined, size: number): number[] {
  const found: number[] = [];
  for (let at = 0; node !== undefined && at < size;) {
    const data = node.seek(at, 'data');
    if (failed(data)) break;
    const hole = node.seek(data, 'hole');
    if (failed(hole)) break;
    for (let page = Math.floor(data / PAGE_BYTES); page < pagesOf(hole); page += 1) found.push(page);
    at = hole;
  }
  return found;
}

const pagesUpTo = (pages: ReadonlySet<number>, size: number): number[] =>
  [...pages].filter((page) => page < pagesOf(size)).toSorted((a, b) => a - b);
