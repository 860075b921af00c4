import { store, storedJson } from './local-storage.ts';

/** How far somebody has come in one lesson. */
export interface LessonProgress {
  readonly step: number;
  /** Ids of steps whose check has passed. */
  readonly passed: readonly string[];
  readonly answers: Readonly<Record<string, string>>;
  /** Step id → hints shown. */
  readonly hints: Readonly<Record<string, number>>;
  readonly finished: boolean;
}

export const NOT_BEGUN: LessonProgress = { step: -1, passed: [], answers: {}, hints: {}, finished: false };
const KEY = 'drydock.progress';
type All = Readonly<Record<string, LessonProgress>>;

class CourseProgress {
  #lessons = $state.raw<All>(storedJson(KEY, isAll, {}));

  of(lesson: string): LessonProgress {
    return this.#lessons[lesson] ?? NOT_BEGUN;
  }

  update(lesson: string, change: Partial<LessonProgress>): void {
    this.#lessons = { ...this.#lessons, [lesson]: { ...this.of(lesson), ...change } };
    store(KEY, JSON.stringify(this.#lessons));
  }

  reset(lesson: string): void {
    const { [lesson]: _gone, ...rest } = this.#lessons;
    this.#lessons = rest;
    store(KEY, JSON.stringify(rest));
  }
}

const isAll = (value: unknown): value is All =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (one: unknown) =>
      typeof one === 'object' && one !== null && 'passed' in one && Array.isArray(one.passed) && 'step' in one,
  );

export const courseProgress = new CourseProgress();
