/** Proves one lesson both ways: its start fails, its solutions pass, its wrong answers fail with their own feedback. */
import type { Lesson, LessonProofs, LoadedLesson } from '../lessons/interface.ts';
import { findingText } from '../lessons/checks/check-text.ts';
import { LANGUAGES } from '../lessons/interface.ts';
import { LessonWorldUnderNode } from './lesson-world.ts';

/** Virtual seconds after a solution's commands in which the world may come to rest. */
const SETTLE_SECONDS = 90;
const WRONG_SETTLE_SECONDS = 45;

export interface Proof {
  readonly lesson: string;
  readonly what: string;
  readonly holds: boolean;
  readonly why?: string;
}

type Solution = Readonly<Record<string, readonly string[]>>;

export async function proveLesson(loaded: LoadedLesson, proofs: LessonProofs): Promise<readonly Proof[]> {
  const { lesson, prose } = loaded;
  const results: Proof[] = [];
  const proof = (what: string, why: string | undefined): void => {
    results.push({ lesson: lesson.id, what, holds: why === undefined, ...(why === undefined ? {} : { why }) });
  };
  proof('the start fails', await startFails(lesson));
  const best = proofs.solutions['best'] ?? {};
  for (const [name, solution] of Object.entries(proofs.solutions))
    proof(`solution ${name} passes`, (await play(loaded, solution)).failed);
  for (const [step, index, rest] of shortened(best)) {
    const { failed } = await play(loaded, rest);
    proof(
      `best without line ${String(index + 1)} of ${step} fails`,
      failed === undefined ? 'it passes: the line is not needed' : undefined,
    );
  }
  for (const [name, wrong] of Object.entries(proofs.wrong))
    proof(`wrong ${name} meets ${wrong.feedback}`, await wrongFails(lesson, wrong));
  for (const language of LANGUAGES) {
    const missing = lesson.stepData
      .flatMap(({ feedback, hints }) => [...feedback.map(({ say }) => say), ...hints.map(({ id }) => id)])
      .filter((id) => !(id in prose[language].feedback) && !(id in prose[language].hints));
    proof(`${language} has every text`, missing.length === 0 ? undefined : `missing: ${missing.join(', ')}`);
  }
  const [one, two] = [await play(loaded, best), await play(loaded, best)];
  proof(
    'two plays end in one state',
    one.fingerprint === two.fingerprint ? undefined : `${one.fingerprint} and ${two.fingerprint}`,
  );
  return results;
}

async function startFails(lesson: Lesson): Promise<string | undefined> {
  const world = await LessonWorldUnderNode.start(lesson);
  for (const step of lesson.steps) {
    const { passed } = await world.run.check(step, {});
    if (passed) return `step ${step} passes before anything was done`;
  }
  return undefined;
}

async function play(
  { lesson, prose }: LoadedLesson,
  solution: Solution,
): Promise<{ readonly failed: string | undefined; readonly fingerprint: string }> {
  const world = await LessonWorldUnderNode.start(lesson);
  let failed: string | undefined;
  for (const step of lesson.stepData) {
    if (step.id !== lesson.steps[0]) world.run.enter(step.id);
    await world.type(solution[step.id] ?? []);
    const answers = step.ask === undefined ? {} : { [step.ask.key]: step.ask.answer };
    const report = await world.settle(step.id, answers, SETTLE_SECONDS);
    if (!report.passed) {
      const left = report.checks
        .filter(({ passed }) => !passed)
        .map((finding) => findingText('en', step, prose.en, finding))
        .map(({ expected, found }) => `${expected} (found: ${found})`);
      failed = `step ${step.id}: ${left.join('; ')}`;
      break;
    }
  }
  return { failed, fingerprint: JSON.stringify(world.sandbox.fingerprint()) };
}

async function wrongFails(lesson: Lesson, wrong: LessonProofs['wrong'][string]): Promise<string | undefined> {
  const world = await LessonWorldUnderNode.start(lesson);
  if (wrong.step !== lesson.steps[0]) world.run.enter(wrong.step);
  await world.type(wrong.commands);
  const report = await world.settle(wrong.step, wrong.answers, WRONG_SETTLE_SECONDS);
  if (report.passed) return 'it passes';
  return report.feedback === wrong.feedback ? undefined : `it meets ${report.feedback ?? 'no feedback'}`;
}

/** The solution without one of its commands, for each of them. */
function* shortened(solution: Solution): Generator<readonly [step: string, index: number, rest: Solution]> {
  for (const [step, commands] of Object.entries(solution)) {
    for (const index of commands.keys())
      yield [step, index, { ...solution, [step]: commands.filter((_, other) => other !== index) }];
  }
}
