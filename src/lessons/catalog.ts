/** The course as data, and its lessons, each loaded when it is opened. */
import { course, lessonProofs, lessons } from './generated/course.ts';
import type { LessonProofs, LessonSummary, LoadedLesson } from './interface.ts';

export { course };

export const allLessons = (): readonly LessonSummary[] => course.modules.flatMap((module) => module.lessons);

/** The lesson of an id, or undefined where there is none. */
export async function loadLesson(id: string): Promise<LoadedLesson | undefined> {
  return lessons[id]?.();
}

/** What proves the lesson; for tools. */
export async function loadProofs(id: string): Promise<LessonProofs | undefined> {
  return lessonProofs[id]?.();
}
