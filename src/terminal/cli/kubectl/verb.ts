import type { Plain } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';

/** One command of kubectl. */
export interface Verb {
  /** Words after `kubectl`: `create deployment`. */
  readonly path: string;
  readonly short: string;
  readonly aliases?: readonly string[];
  readonly examples?: readonly string[];
  /** Flags of the real command that this one honours; any other is refused by name. */
  readonly flags: readonly string[];
  /** Flags that the real command demands. */
  readonly required?: readonly string[];
  /** Answers the exit code; ends early by a Fatal. */
  readonly run: (context: Context) => Promise<number>;
  /** Goes on from the state of a checkpoint. */
  readonly resume?: (context: Context, state: Plain) => Promise<number>;
}

/** Flags of the commands that print an object (`-o`). */
export const PRINT_FLAGS = ['output', 'template', 'allow-missing-template-keys', 'show-managed-fields'] as const;
/** Flags of the commands that read files. */
export const FILE_FLAGS = ['filename', 'recursive', 'kustomize'] as const;
