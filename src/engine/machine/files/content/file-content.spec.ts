import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentBudget, STORED_BYTES_BOUND } from './content-budget.ts';
import { FileContent, heldBytes, PIECE_BYTES } from './file-content.ts';

const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

/** Comparing member by member takes seconds. */
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

/** Bytes without a period: no piece is like another. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

test.for([
  { given: 'zeros', bytes: filled(16 * PIECE_BYTES, 0), held: 0 },
  { given: 'one piece again and again', bytes: filled(16 * PIECE_BYTES, 7), held: PIECE_BYTES },
  { given: 'noise', bytes: noise(4 * PIECE_BYTES), held: 4 * PIECE_BYTES },
])('$given hold $held bytes, written at once and in small parts', ({ bytes, held }) => {
  for (const part of [bytes.length, PIECE_BYTES, 5000]) {
    const budget = new ContentBudget();
    const content = new FileContent(budget);
    for (let at = 0; at < bytes.length; at += part) content.write(at, bytes.subarray(at, at + part));
    expect(same(content.read(0, Infinity), bytes)).toBe(true);
    expect(budget.held).toBe(held);
    content.truncate(0);
    expect(budget.held).toBe(0);
  }
});

test('a file of 40 GiB of zeros is one hole, and a write into it takes a piece', () => {
  const budget = new ContentBudget();
  const content = new FileContent(budget);
  content.truncate(40 * 2 ** 30);
  content.write(2 ** 30, filled(PIECE_BYTES, 1));
  expect([content.length, budget.held, content.save().runs.map(([count, bytes]) => [count, bytes?.length])]).toEqual([
    40 * 2 ** 30,
    PIECE_BYTES,
    [
      [16_384, undefined],
      [1, PIECE_BYTES],
      [638_975, undefined],
    ],
  ]);
});

test('what finds no room in the budget is not taken', () => {
  const budget = new ContentBudget();
  const content = new FileContent(budget);
  budget.held = STORED_BYTES_BOUND - PIECE_BYTES;
  expect(content.write(0, noise(3 * PIECE_BYTES))).toBe(PIECE_BYTES);
  expect([content.length, budget.takeRefusal(), budget.takeRefusal()]).toEqual([PIECE_BYTES, true, false]);
});

const change = fc.oneof(
  fc.record({
    offset: fc.integer({ min: 0, max: 3 * PIECE_BYTES }),
    length: fc.constantFrom(1, 100, PIECE_BYTES, 2 * PIECE_BYTES),
    value: fc.integer({ min: 0, max: 2 }),
    aligned: fc.boolean(),
  }),
  fc.record({ size: fc.integer({ min: 0, max: 4 * PIECE_BYTES }) }),
);

test('it reads as one array would after any changes, now and after a restore', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const budget = new ContentBudget();
      const content = new FileContent(budget);
      let model = new Uint8Array(0);
      const resize = (size: number): void => {
        const next = new Uint8Array(size);
        next.set(model.subarray(0, size));
        model = next;
      };
      for (const each of changes) {
        if ('size' in each) {
          content.truncate(each.size);
          resize(each.size);
          continue;
        }
        const offset = each.aligned ? each.offset - (each.offset % PIECE_BYTES) : each.offset;
        content.write(offset, filled(each.length, each.value));
        if (offset + each.length > model.length) resize(offset + each.length);
        model.fill(each.value, offset, offset + each.length);
      }
      const saved = content.save();
      expect(heldBytes(saved)).toBe(budget.held);
      expect(same(content.read(0, Infinity), model)).toBe(true);
      expect(same(FileContent.load(saved, new ContentBudget()).read(0, Infinity), model)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
