import { expect, test } from 'vitest';
import recorded from './fixtures/kubectl-1.32-jsonpath.json' with { type: 'json' };
import { compileJsonPath, relaxJsonPath } from './jsonpath.ts';

test.for(recorded.rows)('$template with missing keys allowed: $allowMissingKeys', (row) => {
  const path = compileJsonPath(row.template, { allowMissingKeys: row.allowMissingKeys });
  const result = path.ok ? path.value.print(recorded.object) : path;
  expect(result.ok ? { text: result.value } : { error: result.message }).toEqual(
    row.error === undefined ? { text: row.text } : { error: row.error },
  );
});

test('maps are walked in the order of their keys', () => {
  const path = compileJsonPath('{.*} {..c}');
  expect(path.ok && path.value.print({ b: 2, a: { c: 1 } })).toEqual({ ok: true, value: '{"c":1} 2 1' });
});

test.for([
  { given: 'x.y', expected: '{.x.y}' },
  { given: '.x.y', expected: '{.x.y}' },
  { given: '{x.y}', expected: '{.x.y}' },
  { given: '{.x.y}', expected: '{.x.y}' },
])('the relaxed form $given means $expected', ({ given, expected }) => {
  expect(relaxJsonPath(given)).toEqual({ ok: true, value: expected });
});
