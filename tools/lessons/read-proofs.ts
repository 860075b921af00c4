/** solutions/*.cmds and wrong/*.cmds: `# step: id` begins a step, `# feedback: id` and `# answer: key=option` belong to a wrong answer. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonProofs } from '../../src/lessons/interface.ts';
import { LessonError, type LessonData } from './read-lesson.ts';

export function readProofs(folder: string, shown: string, lesson: LessonData): LessonProofs {
  const solutions = Object.fromEntries(
    files(folder, 'solutions').map(([name, text]) => [name, stepsOf(`${shown}/solutions/${name}`, text, lesson)]),
  );
  if (!('best' in solutions)) throw new LessonError(`${shown}/solutions: no best.cmds`);
  const wrong = Object.fromEntries(
    files(folder, 'wrong').map(([name, text]) => {
      const where = `${shown}/wrong/${name}.cmds`;
      const step = marks(text, 'step').at(-1) ?? '';
      const feedback = marks(text, 'feedback')[0] ?? '';
      const data = lesson.stepData.find(({ id }) => id === step);
      if (data === undefined) throw new LessonError(`${where}: no step ${step}`);
      if (!data.feedback.some(({ say }) => say === feedback))
        throw new LessonError(`${where}: step ${step} has no feedback ${feedback}`);
      const answers = Object.fromEntries(marks(text, 'answer').map((mark) => mark.split('=') as [string, string]));
      return [
        name,
        {
          step,
          feedback,
          answers,
          commands: text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')),
        },
      ];
    }),
  );
  if (Object.keys(wrong).length === 0) throw new LessonError(`${shown}/wrong: no wrong answer`);
  return { solutions, wrong };
}

function files(folder: string, kind: string): [string, string][] {
  const path = join(folder, kind);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .toSorted()
    .map((file) => [file.replace(/\.cmds$/, ''), readFileSync(join(path, file), 'utf8')]);
}

const marks = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map((match) => match[1] ?? '');

function stepsOf(file: string, text: string, lesson: LessonData): Record<string, string[]> {
  const steps: Record<string, string[]> = Object.fromEntries(lesson.steps.map((id) => [id, []]));
  let current: string[] | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^# step: (.*)$/.exec(line);
    if (mark !== null) {
      current = steps[mark[1] ?? ''];
      if (current === undefined) throw new LessonError(`${file}:${String(index + 1)}: no step ${mark[1] ?? ''}`);
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      if (current === undefined)
        throw new LessonError(`${file}:${String(index + 1)}: a command before the first "# step:"`);
      current.push(line);
    }
  }
  return steps;
}
