import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Extents } from './extents.ts';

const PAGES = 24;
const page = fc.integer({ min: 0, max: PAGES });
const change = fc.tuple(fc.constantFrom('add' as const, 'cut' as const), page, page);

test('extents are a set of pages, whatever was added and cut', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), page, page, fc.nat(PAGES), (changes, a, b, more) => {
      const extents = new Extents([]);
      const there = new Set<number>();
      for (const [kind, from, to] of changes) {
        extents[kind](from, to);
        for (let at = from; at < to; at += 1) {
          if (kind === 'add') there.add(at);
          else there.delete(at);
        }
      }
      const shown = extents.all.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at));
      expect(shown).toEqual([...there].toSorted((x, y) => x - y));
      expect(extents.pages).toBe(there.size);
      // Neighbours are one.
      expect(extents.all.every(([from], at) => at === 0 || from > (extents.all[at - 1]?.[1] ?? 0))).toBe(true);

      const missing = Array.from({ length: Math.max(0, b - a) }, (_, at) => a + at).filter((at) => !there.has(at));
      expect(extents.missing(a, b)).toBe(missing.length);
      const reach = extents.reach(a, more);
      expect([extents.missing(a, reach), there.has(reach)]).toEqual([more, false]);
      expect(extents.next(a, 'data')).toBe([...there].filter((at) => at >= a).toSorted((x, y) => x - y)[0]);
      expect(extents.missing(a, extents.next(a, 'hole') ?? 0)).toBe(0);
    }),
  );
});
