/** What a lesson is after loading: data for the checker, and prose in two languages for the page. */
import type { Fault } from '../protocol/simulation.ts';

export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type LocalText = Readonly<Record<Language, string>>;

/** The pictures that a step may open. */
export type PictureName = 'cluster' | 'docker';

export interface Course {
  readonly modules: readonly CourseModule[];
}
export interface CourseModule {
  readonly id: string;
  readonly title: LocalText;
  readonly lessons: readonly LessonSummary[];
}
/** What the course page shows; the rest is loaded when the lesson is opened. */
export interface LessonSummary {
  /** `41-clusterip-and-endpointslice`. */
  readonly id: string;
  readonly number: number;
  readonly module: string;
  readonly title: LocalText;
  readonly minutes: number;
  readonly points: number;
  readonly teaches: readonly string[];
  readonly requires: readonly string[];
  readonly steps: readonly string[];
}

export interface Lesson extends LessonSummary {
  /** Name of a topology. */
  readonly world: string;
  readonly seed: number;
  /** Host of the terminal that the lesson opens first. */
  readonly host: string;
  readonly faults: readonly { readonly at: 'start'; readonly fault: Fault }[];
  /** Files on the first host: path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Commands that bring the world to the lesson's start, run once before the learner begins. */
  readonly setup: readonly string[];
  readonly stepData: readonly Step[];
}

export interface Step {
  readonly id: string;
  readonly picture: PictureName;
  readonly ask?: Ask;
  readonly checks: readonly StepCheck[];
  /** What must not have happened since the step began. */
  readonly never: readonly HistoryPattern[];
  readonly feedback: readonly { readonly when: Check; readonly say: string }[];
  /** Ids of hints in the order in which they are given, with their cost in points. */
  readonly hints: readonly { readonly id: string; readonly cost: number }[];
}

/** A prediction: the answer is an option's id. */
export interface Ask {
  readonly key: string;
  readonly options: readonly string[];
  readonly answer: string;
  /** Asked before the commands of the step: a prediction that is made before looking. */
  readonly first: boolean;
}

/** How an observed value is judged. */
export type Judgement =
  | { readonly is: unknown }
  | { readonly not: unknown }
  | { readonly in: readonly unknown[] }
  | { readonly contains: string }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly exists: boolean };

export type Check =
  /** A field of one object; without a path the object itself (`exists`). */
  | {
      readonly type: 'object';
      readonly resource: string;
      readonly namespace: string;
      readonly name: string;
      readonly path: string;
      readonly judge: Judgement;
    }
  /** How many objects a selector finds whose field fits; with `each` how many items of that list of theirs. */
  | {
      readonly type: 'count';
      readonly resource: string;
      readonly namespace: string;
      readonly selector: string;
      readonly each?: string | undefined;
      readonly path: string;
      readonly where?: Judgement | undefined;
      readonly judge: Judgement;
    }
  | {
      readonly type: 'file';
      readonly host: string;
      readonly path: string;
      readonly json?: string | undefined;
      readonly judge: Judgement;
    }
  | {
      readonly type: 'container';
      readonly host: string;
      readonly name: string;
      readonly path: string;
      readonly judge: Judgement;
    }
  /** Events of the history in this order, others may lie between. */
  | { readonly type: 'history'; readonly events: readonly HistoryPattern[] }
  /** An HTTP request made by a process named drydock-check. */
  | { readonly type: 'http'; readonly from: string; readonly to: string; readonly status: number }
  | { readonly type: 'answer'; readonly key: string; readonly judge: Judgement };

/** What a step asks for, and the part of the prose that says it in the lesson's own words, if there is one. */
export type StepCheck = Check & { readonly says?: string };

/** A trace record by type, subject (with `*` for any run of characters) and members of its data. */
export interface HistoryPattern {
  readonly type: string;
  readonly subject?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

// ---- prose

export type ProseBlock =
  /** Sanitised at build time: no scripts, no raw HTML of the author. */
  | { readonly type: 'html'; readonly html: string }
  | {
      readonly type: 'code';
      readonly language: string;
      readonly code: string;
      readonly html: string;
      readonly action: CodeAction;
    };
export type CodeAction =
  | { readonly kind: 'run'; readonly host: string }
  /** To be typed, not clicked. */
  | { readonly kind: 'type' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'show' };

export interface StepProse {
  readonly title: string;
  readonly blocks: readonly ProseBlock[];
}
export interface AskProse {
  readonly question: string;
  readonly options: Readonly<Record<string, string>>;
  /** Shown after the answer. */
  readonly why: readonly ProseBlock[];
}
export interface LessonProse {
  readonly title: string;
  readonly intro: readonly ProseBlock[];
  readonly steps: Readonly<Record<string, StepProse>>;
  /** By key. */
  readonly asks: Readonly<Record<string, AskProse>>;
  /** What a check asks for, by its `says`. */
  readonly checks: Readonly<Record<string, string>>;
  readonly hints: Readonly<Record<string, readonly ProseBlock[]>>;
  readonly feedback: Readonly<Record<string, readonly ProseBlock[]>>;
  readonly debrief: readonly ProseBlock[];
}

export interface LoadedLesson {
  readonly lesson: Lesson;
  readonly prose: Readonly<Record<Language, LessonProse>>;
}
/** Proofs that come with a lesson; only tools read them. */
export interface LessonProofs {
  readonly solutions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Name → the step it fails at, its commands before the check, answers, and the feedback it must meet. */
  readonly wrong: Readonly<
    Record<
      string,
      {
        readonly step: string;
        readonly commands: readonly string[];
        readonly answers: Readonly<Record<string, string>>;
        readonly feedback: string;
      }
    >
  >;
}
