/** The lesson that is open: its prose, where the learner stands, and what the last check said. */
import { loadLesson } from '../../lessons/catalog.ts';
import type { LoadedLesson, Step } from '../../lessons/interface.ts';
import type { CheckReport } from '../../protocol/page.ts';
import { type LessonProgress, NOT_BEGUN, courseProgress } from './course-progress.svelte.ts';

export interface LessonWorld {
  /** The learner has come to a step; its history is folded from here on. */
  enter(lesson: string, step: string): void;
  check(step: string, answers: Readonly<Record<string, string>>): Promise<CheckReport | undefined>;
}

/** After a check that failed the world is looked at again for a while: what was done may still be taking effect. */
const FOLLOW_EVERY_MS = 1500;
const FOLLOW_TIMES = 8;

export type Loading = 'loading' | 'missing' | 'failed' | 'loaded';

export class LessonSession {
  #loaded = $state.raw<LoadedLesson | undefined>();
  #loading = $state<Loading>('loading');
  #report = $state.raw<CheckReport | undefined>();
  #checking = $state(false);
  #followTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    private readonly world: LessonWorld,
  ) {}

  get loaded(): LoadedLesson | undefined {
    return this.#loaded;
  }
  get loading(): Loading {
    return this.#loading;
  }
  get report(): CheckReport | undefined {
    return this.#report;
  }
  get checking(): boolean {
    return this.#checking;
  }
  get progress(): LessonProgress {
    return courseProgress.of(this.id);
  }
  get steps(): readonly Step[] {
    return this.#loaded?.lesson.stepData ?? [];
  }
  /** The step in front of the learner; undefined before the first and after the last. */
  get step(): Step | undefined {
    return this.steps[this.progress.step];
  }
  get stepPassed(): boolean {
    return this.step !== undefined && this.progress.passed.includes(this.step.id);
  }

  async load(): Promise<LoadedLesson | undefined> {
    try {
      this.#loaded = await loadLesson(this.id);
      this.#loading = this.#loaded === undefined ? 'missing' : 'loaded';
    } catch {
      this.#loading = 'failed';
    }
    return this.#loaded;
  }

  goTo(step: number): void {
    const begun = step > this.progress.step;
    courseProgress.update(this.id, { step });
    this.#report = undefined;
    const entered = this.steps[step];
    if (entered !== undefined && begun) this.world.enter(this.id, entered.id);
    if (step >= this.steps.length) courseProgress.update(this.id, { finished: true });
  }

  answer(key: string, option: string): void {
    courseProgress.update(this.id, { answers: { ...this.progress.answers, [key]: option } });
    this.#report = undefined;
  }

  showHint(step: Step): void {
    const shown = this.progress.hints[step.id] ?? 0;
    courseProgress.update(this.id, {
      hints: { ...this.progress.hints, [step.id]: Math.min(shown + 1, step.hints.length) },
    });
  }

  async check(): Promise<void> {
    const { step } = this;
    if (step === undefined || this.#checking) return;
    this.#checking = true;
    clearTimeout(this.#followTimer);
    try {
      await this.#look(step);
    } finally {
      this.#checking = false;
    }
    this.#follow(step, FOLLOW_TIMES);
  }

  /** No longer shown. */
  leave(): void {
    clearTimeout(this.#followTimer);
  }

  #follow(step: Step, times: number): void {
    if (times === 0) return;
    this.#followTimer = setTimeout(() => {
      // Another step or another answer asks for a check of its own.
      if (this.step !== step || this.#report === undefined || this.#report.passed || this.#checking) return;
      void this.#look(step).then(() => this.#follow(step, times - 1));
    }, FOLLOW_EVERY_MS);
  }

  async #look(step: Step): Promise<void> {
    const { answers } = this.progress;
    const report = await this.world.check(step.id, answers);
    if (report === undefined || this.step !== step || this.progress.answers !== answers) return;
    this.#report = report;
    if (report.passed && !this.progress.passed.includes(step.id))
      courseProgress.update(this.id, { passed: [...this.progress.passed, step.id] });
  }

  /** The learner begins anew; the world is reset by whoever owns it. */
  reset(): void {
    courseProgress.update(this.id, NOT_BEGUN);
    this.#report = undefined;
  }
}
