import { expect, test } from 'vitest';
import printed from './fixtures/kubectl-1.32-yaml-print.json' with { type: 'json' };
import read from './fixtures/kubectl-1.32-yaml-read.json' with { type: 'json' };
import { isJsonObject } from './json.ts';
import { parseYaml, splitYamlDocuments, stringifyYaml } from './yaml.ts';

test.for(read.rows)('reads $yaml as kubectl does', (row) => {
  const result = parseYaml(read.prefix + row.yaml);
  if (row.error !== undefined) {
    expect(result.ok ? result.value : result.error.message).toBe(row.error);
    return;
  }
  const value = result.ok && isJsonObject(result.value) ? result.value : {};
  expect({ ...value, metadata: { name: 'a', labels: { zz: '1' } } }).toEqual(row.json);
});

test.for(printed.rows)('prints $value as kubectl does', (row) => {
  const metadata = { name: 'a', labels: { zz: '1' } };
  expect(stringifyYaml({ kind: 'Foo', apiVersion: 'v1', metadata, data: { key: row.value } })).toBe(row.yaml);
});

test('keys of maps come in the order of go-yaml: others before letters, digits by number', () => {
  const labels = {
    b10: '1',
    b9: '2',
    B: 'x',
    'a-b': '1',
    'a.b': '2',
    ab: '3',
    a: '4',
    a1: '',
    a01: '',
    1: '',
    _: '',
    é: '',
    n: '',
  };
  expect(stringifyYaml(labels)).toBe(
    '_: ""\n"1": ""\nB: x\na: "4"\na-b: "1"\na.b: "2"\na1: ""\na01: ""\nab: "3"\nb9: "2"\nb10: "1"\n"n": ""\né: ""\n',
  );
});

test('sequences stand at the column of their key, and numbers are written as Go writes them', () => {
  const value = {
    e: [],
    f: {},
    g: null,
    h: [[1, 2], [], [[]], { a: 1, b: [1] }],
    m: [1.5, 1e21, 1e-7, 1234567.5, -0, true],
  };
  expect(stringifyYaml(value)).toBe(
    'e: []\nf: {}\ng: null\nh:\n- - 1\n  - 2\n- []\n- - []\n- a: 1\n  b:\n  - 1\n' +
      'm:\n- 1.5\n- 1e+21\n- 1e-07\n- 1.2345675e+06\n- 0\n- true\n',
  );
});

test('blocks in a sequence stand below their dash', () => {
  expect(stringifyYaml({ s: ['a\nb', ['x\ny'], { k: 'l1\nl2\n' }] })).toBe(
    's:\n- |-\n  a\n  b\n- - |-\n    x\n    y\n- k: |\n    l1\n    l2\n',
  );
});

test('what is read has its keys in the order of Go’s JSON, in which a server then reads them', () => {
  const result = parseYaml('spec: {b: 1, a: 2}\nmetadata: {}\nkind: Foo\napiVersion: v1\n');
  expect(JSON.stringify(result.ok ? result.value : undefined)).toBe(
    '{"apiVersion":"v1","kind":"Foo","metadata":{},"spec":{"a":2,"b":1}}',
  );
});

test('repeated keys are an error only when asked for', () => {
  const text = 'a: 1\nb:\n  x: 1\n  x: 2\na: 3\n';
  const loose = parseYaml(text);
  expect(loose.ok && loose.value).toEqual({ a: 3, b: { x: 2 } });
  const strict = parseYaml(text, { strict: true });
  expect(!strict.ok && strict.error.message).toBe(
    'yaml: unmarshal errors:\n  line 4: key "x" already set in map\n  line 5: key "a" already set in map',
  );
});

test('a problem keeps its true place for the editor', () => {
  const result = parseYaml('a: 1\nb:\n  - c: d: e\n');
  expect(!result.ok && result.error).toEqual({
    message: 'yaml: line 3: mapping values are not allowed in this context',
    mark: { offset: 16, line: 2, column: 8 },
  });
});

test('a stream is split at lines that begin with three dashes', () => {
  expect(splitYamlDocuments('---\na: 1\n--- # two\nb: 2\n---\n---\nc: 3')).toEqual([
    { ok: true, text: '---\na: 1\n', firstLine: 0 },
    { ok: true, text: 'b: 2\n', firstLine: 3 },
    { ok: true, text: '---\nc: 3', firstLine: 5 },
  ]);
  expect(splitYamlDocuments('a: 1\n--- b: 2\n')).toEqual([
    { ok: false, message: 'invalid Yaml document separator: b: 2' },
  ]);
});

test('text that was printed reads back as it was', () => {
  for (const { value } of printed.rows) {
    const result = parseYaml(stringifyYaml({ data: { key: value, list: [value] } }));
    expect(result.ok && result.value).toEqual({ data: { key: value, list: [value] } });
  }
});
