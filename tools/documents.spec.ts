import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs/adr').map((name) => `docs/adr/${name}`),
];

/** Targets of links within the project, from the place of the document. */
const linksOf = (document: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)#]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !target.startsWith('http'))
    .map((target) => join(dirname(document), target));

/** Paths in backquotes that say from where they count. */
const pathsOf = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|tools|workers|bench|e2e|docs)\/[^`\s*…]+)`/g)]
    .map((match) => match[1] ?? '')
    // `x.spec.ts` stands for any name.
    .filter((path) => !/(^|\/)x\./.test(path));

test.for(DOCUMENTS)('what %s points to is there', (document) => {
  const text = readFileSync(document, 'utf8');
  expect([...linksOf(document, text), ...pathsOf(text)].filter((path) => !existsSync(path))).toEqual([]);
});

test('the commands that the documents name are scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Record<string, string> };
  const named = DOCUMENTS.flatMap((document) => [
    ...readFileSync(document, 'utf8').matchAll(/npm (?:run (?:-s )?)?(start|test|(?<=run (?:-s )?)[a-z:]+)/g),
  ]).map((match) => match[1] ?? '');
  expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
});

/** Each piece of code that follows a link to its source: its lines, and the pieces of those that are cut by `…`. */
const excerptsOf = (text: string): readonly { readonly file: string; readonly pieces: readonly string[] }[] =>
  [...text.matchAll(/\]\((src\/[^)]+)\)[^[]*?\n```ts\n([\s\S]*?)```/g)].map(([, file = '', code = '']) => ({
    file,
    pieces: code
      .split(/\n|…/)
      .map(withoutSpace)
      .filter((piece) => piece !== ''),
  }));

const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

test('code that CONTRIBUTING.md shows stands in the file that it links to', () => {
  const strangers = excerptsOf(readFileSync('CONTRIBUTING.md', 'utf8')).flatMap(({ file, pieces }) => {
    const source = withoutSpace(readFileSync(file, 'utf8'));
    return pieces.filter((piece) => !source.includes(piece)).map((piece) => `${file}: ${piece}`);
  });
  expect(strangers).toEqual([]);
});
