/**
 * What a kind adds to the common path of every write: defaults, preparation, validation, its table columns and selectable
 * fields. Functions never mutate; they answer the same object where nothing changes, so that versions share their parts.
 */
import type { FieldErrors } from '../apimachinery/field-error.ts';
import type { ApiObject, LabelSelector } from '../apimachinery/types.ts';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** `name` marks the column that holds the object's name. */
  readonly format?: string;
  /** 1 is shown by `-o wide` only. */
  readonly priority?: number;
  readonly description?: string;
}
export type Cell = string | number | boolean | null;
export interface RowContext {
  /** Unix time, ms. */
  readonly nowMs: number;
}

export interface Strategy<T extends ApiObject = ApiObject> {
  /** Fills what the client left out. */
  defaults?(object: T): T;
  /** Clears what a client may not set, before validation. */
  prepareForCreate?(object: T): T;
  prepareForUpdate?(object: T, old: T): T;
  validate?(object: T): FieldErrors;
  validateUpdate?(object: T, old: T): FieldErrors;
  validateStatusUpdate?(object: T, old: T): FieldErrors;
  /** Messages about a bad name; DNS subdomain unless given. */
  validateName?(name: string): readonly string[];
  /** Values of selectable fields beyond metadata.name and metadata.namespace. */
  readonly fields?: Readonly<Record<string, (object: T) => string>>;
  readonly columns?: readonly Column[];
  row?(object: T, context: RowContext): readonly Cell[];
  /** Text of `Warning:` headers for a write. */
  warnings?(object: T): readonly string[];
  /** Seconds of graceful deletion; 0 deletes at once. Absent: not graceful. */
  gracePeriodSeconds?(object: T, asked: number | undefined): number;
  /** What deletion does to dependents when the client does not say. */
  readonly orphansByDefault?: boolean;
  /** Bumps metadata.generation when the spec changes; on by default where the kind has a status subresource. */
  readonly tracksGeneration?: boolean;
  /** Scale subresource. */
  scale?(object: T): {
    readonly replicas: number;
    readonly observed: number;
    readonly selector: LabelSelector | undefined;
  };
  withReplicas?(object: T, replicas: number): T;
}

/** A strategy with its kind, as `resources/index.ts` lists it. */
export interface ResourceEntry {
  /** `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly strategy: Strategy;
}

/** Puts a typed strategy into the registry's list. */
export function entry<T extends ApiObject>(resource: string, strategy: Strategy<T>): ResourceEntry {
  // Objects reach a strategy only after the schema check of their own kind, which is what the narrower type says.
  return { resource, strategy: strategy as unknown as Strategy };
}
