import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateLessons, staleLessons } from './generate-lessons.ts';

const LESSON = 'src/lessons/content/07-services/41-clusterip-and-endpointslice';

test('the committed lessons are what the content gives', async () => {
  expect(await staleLessons(process.cwd())).toEqual([]);
});

/** The course with one file of lesson 41 changed. */
async function broken(file: string, change: (text: string) => string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'lessons-'));
  cpSync('src/lessons/content', join(root, 'src/lessons/content'), { recursive: true });
  const path = join(root, LESSON, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return generateLessons(root).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

test.for<{ given: string; file: string; change: (text: string) => string; says: RegExp }>([
  {
    given: 'a step that a translation lacks',
    file: 'en.md',
    change: (text) => text.replace('{#port}', '{#prot}'),
    says: /en\.md: no part \{#port\}/,
  },
  {
    given: 'a check whose words a translation lacks',
    file: 'ko.md',
    change: (text) => text.replace('{#check.three}', '{#check.3}'),
    says: /ko\.md: no part \{#check\.three\}/,
  },
  {
    given: 'a title without an id',
    file: 'ko.md',
    change: (text) => text.replace(' {#look}', ''),
    says: /ko\.md: "증상 살펴보기" has no \{#id\}/,
  },
  {
    given: 'an unknown key',
    file: 'lesson.yaml',
    change: (text) => text.replace('picture: cluster', 'pictur: cluster'),
    says: /lesson\.yaml:\d+: unknown key pictur/,
  },
  {
    given: 'a check of no form',
    file: 'lesson.yaml',
    change: (text) => text.replace('{k8s: service/web, path: spec.selector.app, is: web,', '{kube: service/web,'),
    says: /lesson\.yaml:\d+: a check has exactly one of/,
  },
  {
    given: 'an answer that is no option',
    file: 'lesson.yaml',
    change: (text) => text.replace('answer: no-endpoints', 'answer: nothing'),
    says: /the answer nothing is not among the options/,
  },
  {
    given: 'feedback that does not exist',
    file: 'wrong/guess-pods.cmds',
    change: (text) => text.replace('fb.no-pods', 'fb.other'),
    says: /guess-pods\.cmds: step look has no feedback fb\.other/,
  },
  {
    given: 'a command outside a step',
    file: 'solutions/best.cmds',
    change: (text) => `echo hi\n${text}`,
    says: /best(\.cmds)?:1: a command before the first/,
  },
])('given $given, the build fails and says where', async ({ file, change, says }) => {
  expect(await broken(file, change)).toMatch(says);
});

test('raw HTML of an author is shown as text and links lead to the web only', async () => {
  const root = mkdtempSync(join(tmpdir(), 'lessons-'));
  cpSync('src/lessons/content', join(root, 'src/lessons/content'), { recursive: true });
  const path = join(root, LESSON, 'en.md');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(
      'Send a request first.',
      'A <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](https://example.org/a"b)',
    ),
  );
  const built = (await generateLessons(root)).get('41-clusterip-and-endpointslice.ts') ?? '';
  expect(built).toContain('&lt;script&gt;');
  expect(built).not.toMatch(/<script|<img|javascript:/);
});
