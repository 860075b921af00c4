import { expect, test } from 'vitest';
import { staleFiles } from './generate-schema.ts';

test('the committed schema is what the pinned client package gives', () => {
  expect(staleFiles(process.cwd())).toEqual([]);
});
