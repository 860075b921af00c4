/**
 * A lesson under way in a sandbox: builds its start state through inputs, folds the history of the current step, judges steps.
 * It is an extension of the sandbox, so that its history is saved and replayed with it.
 */
import type { CheckReport } from '../protocol/page.ts';
import type { Plain } from '../protocol/plain.ts';
import type { Input, SandboxExtension, WorldReader } from '../protocol/simulation.ts';
import type { TraceRecord } from '../protocol/trace.ts';
import { StepChecker, type Act } from './checks/step-checker.ts';
import type { Lesson } from './interface.ts';

export interface LessonWorld {
  readonly reader: WorldReader;
  /** Hands in an input; it is logged. */
  input(input: Input): void;
  /** Runs a command on a host through a `check` input and settles when it has ended. */
  readonly act: Act;
}

interface SavedRun {
  readonly step: string;
  readonly history: ReturnType<StepChecker['history']>;
}

export class LessonRun implements SandboxExtension {
  #checker: StepChecker | undefined;
  #step = '';

  constructor(
    readonly lesson: Lesson,
    private readonly world: LessonWorld,
  ) {
    const [first] = lesson.steps;
    if (first !== undefined) this.#begin(first);
  }

  /** The step whose history is being folded. */
  get step(): string {
    return this.#step;
  }

  /** Brings a fresh world to the lesson's start. Answers what went wrong, or undefined. */
  async prepare(): Promise<string | undefined> {
    const { lesson, world } = this;
    for (const [path, text] of Object.entries(lesson.files))
      world.input({ type: 'file.write', host: lesson.host, path, text });
    for (const { fault } of lesson.faults) world.input({ type: 'fault', fault });
    if (lesson.setup.length > 0) {
      const { code, stderr } = await world.act(lesson.host, [
        'bash',
        '-c',
        `set -e\ncd /root\n${lesson.setup.join('\n')}`,
      ]);
      if (code !== 0) return `the start of ${lesson.id} ended with status ${String(code)}: ${stderr.trim()}`;
    }
    this.enter(lesson.steps[0] ?? '');
    return undefined;
  }

  /** A step begins; logged, so that a replay folds the same history. */
  enter(step: string): void {
    this.world.input({ type: 'lesson.step', lesson: this.lesson.id, step });
  }

  check(step: string, answers: Readonly<Record<string, string>>): Promise<CheckReport> {
    const data = this.lesson.stepData.find(({ id }) => id === step);
    if (data === undefined) return Promise.resolve({ step, passed: false, checks: [] });
    const checker =
      step === this.#step && this.#checker !== undefined
        ? this.#checker
        : new StepChecker(this.lesson, data, this.world.reader, this.world.act);
    return checker.check(answers);
  }

  applied(input: Input): void {
    if (input.type === 'lesson.step' && input.lesson === this.lesson.id) this.#begin(input.step);
  }

  observe(record: TraceRecord): void {
    this.#checker?.observe(record);
  }

  snapshot(): Plain {
    return { step: this.#step, history: this.#checker?.history() };
  }

  restore(state: Plain): void {
    const saved = state as unknown as SavedRun;
    this.#begin(saved.step, saved.history);
  }

  #begin(step: string, history?: SavedRun['history']): void {
    const data = this.lesson.stepData.find(({ id }) => id === step);
    this.#step = step;
    this.#checker =
      data === undefined ? undefined : new StepChecker(this.lesson, data, this.world.reader, this.world.act, history);
  }
}
