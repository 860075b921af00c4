import type { ReactiveProgram } from './reactive.ts';

/** Reactive programs by the id that their executables carry. */
export type ReactivePrograms = Pick<ReadonlyMap<string, ReactiveProgram>, 'get' | 'has'>;
