/**
 * ko.md and en.md as blocks. `## Title {#step-id}` begins a step; `{#ask.key}`, `{#check.id}`, `{#hint.id}`, `{#fb.id}` and
 * `{#debrief}` begin the other parts, of which a check has a title alone. Raw HTML of an author is shown as text, links may only lead to web addresses, code is highlighted here, so
 * that the page gets markup that cannot run anything.
 */
import { Marked, type Token, type Tokens } from 'marked';
import type { createHighlighter } from 'shiki';
import type { AskProse, CodeAction, LessonProse, ProseBlock, StepProse } from '../../src/lessons/interface.ts';
import { LessonError, type LessonData } from './read-lesson.ts';

export type Highlighter = Awaited<ReturnType<typeof createHighlighter>>;

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A flag is not broken after its dash. */
const codeWord = (word: string): string =>
  /^-.{1,20}$/.test(word) ? `<span class="flag">${escape(word)}</span>` : escape(word);

const marked = new Marked({
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    codespan: ({ text }) => `<code>${text.split(' ').map(codeWord).join(' ')}</code>`,
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      return /^https:\/\//.test(href)
        ? `<a href="${escape(href)}" rel="noreferrer" target="_blank">${inner}</a>`
        : inner;
    },
  },
});

interface Part {
  readonly id: string;
  readonly title: string;
  readonly tokens: Token[];
}

export function readProse(file: string, text: string, lesson: LessonData, highlighter: Highlighter): LessonProse {
  const tokens = marked.lexer(text);
  const [first] = tokens;
  if (first?.type !== 'heading' || (first as Tokens.Heading).depth !== 1)
    throw new LessonError(`${file}:1: the file begins with "# Title"`);
  const intro: Token[] = [];
  const parts: Part[] = [];
  for (const token of tokens.slice(1)) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) {
      const match = /^(.*?)\s*\{#([\w.-]+)\}$/.exec((token as Tokens.Heading).text);
      if (match === null) throw new LessonError(`${file}: "${(token as Tokens.Heading).text}" has no {#id}`);
      parts.push({ id: match[2] ?? '', title: match[1] ?? '', tokens: [] });
    } else (parts.at(-1)?.tokens ?? intro).push(token);
  }
  const blocks = (from: readonly Token[]): ProseBlock[] => blocksOf(file, from, highlighter);
  const byId = new Map(parts.map((part) => [part.id, part]));
  const wanted = expectedIds(lesson);
  for (const id of wanted) if (!byId.has(id)) throw new LessonError(`${file}: no part {#${id}}`);
  for (const { id } of parts)
    if (!wanted.includes(id)) throw new LessonError(`${file}: {#${id}} belongs to nothing in lesson.yaml`);
  const pick = <T>(prefix: string, make: (part: Part) => T): Record<string, T> =>
    Object.fromEntries(parts.filter(({ id }) => id.startsWith(prefix)).map((part) => [part.id, make(part)]));
  return {
    title: (first as Tokens.Heading).text,
    intro: blocks(intro),
    steps: Object.fromEntries(
      lesson.steps.map((id): [string, StepProse] => [
        id,
        { title: byId.get(id)?.title ?? '', blocks: blocks(byId.get(id)?.tokens ?? []) },
      ]),
    ),
    asks: Object.fromEntries(
      lesson.stepData.flatMap(({ ask }): [string, AskProse][] =>
        ask === undefined ? [] : [[ask.key, askOf(file, byId.get(`ask.${ask.key}`), ask.options, blocks)]],
      ),
    ),
    checks: pick('check.', ({ title }) => title),
    hints: pick('hint.', (part) => blocks(part.tokens)),
    feedback: pick('fb.', (part) => blocks(part.tokens)),
    debrief: blocks(byId.get('debrief')?.tokens ?? []),
  };
}

function expectedIds(lesson: LessonData): string[] {
  const steps = lesson.stepData.flatMap(({ id, ask, checks, hints, feedback }) => [
    id,
    ...(ask === undefined ? [] : [`ask.${ask.key}`]),
    ...checks.flatMap(({ says }) => (says === undefined ? [] : [says])),
    ...hints.map((hint) => hint.id),
    ...feedback.map(({ say }) => say),
  ]);
  return [...new Set([...steps, 'debrief'])];
}

/** The question, a list `- (id) text` of options, and what explains the answer. */
function askOf(
  file: string,
  part: Part | undefined,
  options: readonly string[],
  blocks: (from: readonly Token[]) => ProseBlock[],
): AskProse {
  const list = part?.tokens.find((token): token is Tokens.List => token.type === 'list');
  const found = Object.fromEntries(
    (list?.items ?? []).map(({ text }): [string, string] => {
      const match = /^\(([\w.-]+)\)\s*(.*)$/s.exec(text);
      if (match === null) throw new LessonError(`${file}: option "${text}" does not begin with (id)`);
      return [match[1] ?? '', match[2] ?? ''];
    }),
  );
  for (const id of options) if (!(id in found)) throw new LessonError(`${file}: the question has no option (${id})`);
  const after = part?.tokens.slice(list === undefined ? 0 : part.tokens.indexOf(list) + 1) ?? [];
  return { question: part?.title ?? '', options: found, why: blocks(after) };
}

function blocksOf(file: string, tokens: readonly Token[], highlighter: Highlighter): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  let pending: Token[] = [];
  const flush = (): void => {
    const html = marked.parser(pending).trim();
    if (html !== '') blocks.push({ type: 'html', html });
    pending = [];
  };
  for (const token of tokens) {
    if (token.type !== 'code') {
      pending.push(token);
      continue;
    }
    flush();
    const { lang = '', text } = token as Tokens.Code;
    const [language = 'text', ...rest] = lang.split(/\s+/);
    blocks.push({
      type: 'code',
      language,
      code: text,
      html: highlight(highlighter, text, language),
      action: actionOf(file, rest.join(' ')),
    });
  }
  flush();
  return blocks;
}

function actionOf(file: string, attributes: string): CodeAction {
  const run = /^\{run=([\w-]+)\}$/.exec(attributes);
  if (run?.[1] !== undefined) return { kind: 'run', host: run[1] };
  if (attributes === '{type}') return { kind: 'type' };
  if (attributes === '{copy}') return { kind: 'copy' };
  if (attributes === '') return { kind: 'show' };
  throw new LessonError(`${file}: a code block cannot be ${attributes}`);
}

function highlight(highlighter: Highlighter, code: string, language: string): string {
  const known = highlighter.getLoadedLanguages().includes(language);
  return highlighter.codeToHtml(code, {
    lang: known ? language : 'text',
    themes: { light: 'github-light', dark: 'github-dark' },
    defaultColor: false,
  });
}
