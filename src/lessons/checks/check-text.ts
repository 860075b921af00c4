/** A finding in words: what the step asks for, and what was found instead. What stands between backticks is code. */
import type { CheckFinding } from '../../protocol/page.ts';
import type { Check, Language, LessonProse, Step } from '../interface.ts';
import { englishWords } from './english-words.ts';
import { koreanWords } from './korean-words.ts';
import { type CheckWords, code, happeningOf } from './check-words.ts';

const WORDS: Readonly<Record<Language, CheckWords>> = { en: englishWords, ko: koreanWords };

export interface FindingText {
  readonly expected: string;
  readonly found: string;
}

export function findingText(language: Language, step: Step, prose: LessonProse, finding: CheckFinding): FindingText {
  const words = WORDS[language];
  const { at } = finding;
  if (finding.of === 'ask') return askText(words, step, prose, finding);
  if (finding.of === 'never') {
    const pattern = step.never[at];
    return {
      expected: pattern === undefined ? '' : words.mustNot(happeningOf([pattern])),
      found: finding.passed ? words.found.notYet : words.found.happened,
    };
  }
  const check = step.checks[at];
  if (check === undefined) return { expected: '', found: '' };
  const own = check.says === undefined ? undefined : prose.checks[check.says];
  return { expected: own ?? expectedText(words, prose, check), found: foundText(words, check, finding) };
}

function askText(words: CheckWords, { ask }: Step, prose: LessonProse, { found }: CheckFinding): FindingText {
  const question = ask === undefined ? undefined : prose.asks[ask.key];
  return {
    expected: question?.question ?? '',
    found: found.kind === 'value' ? (question?.options[found.text] ?? code(found.text)) : words.found.notAnswered,
  };
}

function expectedText(words: CheckWords, prose: LessonProse, check: Check): string {
  switch (check.type) {
    case 'count':
      return words.count(check);
    case 'history':
      return words.happened(happeningOf(check.events));
    case 'http':
      return words.request(check);
    case 'answer':
      return prose.asks[check.key]?.question ?? '';
    default:
      return words.value(check, check.judge);
  }
}

function foundText({ found: words }: CheckWords, check: Check, { found }: CheckFinding): string {
  switch (found.kind) {
    case 'nothing':
      return words.nothing;
    case 'value':
      return code(found.text);
    case 'object':
      return words.present;
    case 'count':
      return words.count(found.count);
    case 'events':
      return found.met === 0 || check.type !== 'history'
        ? words.notYet
        : words.progress(found.met, check.events.length);
    case 'no-answer':
      return words.noAnswer(found.exit) ?? (found.words === '' ? words.failed(found.exit) : code(found.words));
  }
}
