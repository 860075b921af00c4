/** What the page and its simulation worker say to each other: calls through comlink, streams over a port of their own. */
import type { JsonObject } from './plain.ts';
import type { Input, LoggedInput, Output, Pace, SandboxIdentity, WorldView } from './simulation.ts';
import type { TraceRecord } from './trace.ts';

export interface OpenOptions {
  /** Key in the store: one per sandbox or lesson. */
  readonly id: string;
  readonly topology: string;
  readonly seed: number;
  /** A lesson whose start state is built in a new sandbox, and whose steps `check` judges. */
  readonly lesson?: string;
  /** The engine died again and again without a new act of the person: the last one is set aside. */
  readonly blamesLast?: boolean;
}

export interface OpenResult {
  readonly identity: SandboxIdentity;
  readonly created: boolean;
  readonly upgraded: boolean;
  readonly setAside?: {
    readonly seq: number;
    readonly message: string;
    /** It and what came after it. */
    readonly inputs: readonly LoggedInput[];
  };
  /** Why nothing can be kept, where storage is refused. */
  readonly storage: 'indexeddb' | { readonly refused: string };
  readonly hosts: readonly string[];
  readonly terminals: readonly { readonly terminal: string; readonly host: string; readonly scrollback: Uint8Array }[];
  readonly view: WorldView;
}

/** One frame's worth of news; `number` counts from 1 without gaps. */
export interface PageBatch {
  readonly number: number;
  readonly outputs: readonly Output[];
  readonly view?: WorldView;
  readonly trace?: readonly TraceRecord[];
  /** Inputs up to here are durable. */
  readonly saved?: number;
  readonly saveFailed?: string;
  readonly pace?: Pace;
  readonly lagging?: boolean;
  /** Programs that wait for nothing and never end, all of them: bugs, by host, name and pid. */
  readonly stuck?: readonly string[];
  /** A part of Drydock could not be loaded; what needs it waits until the page is opened again. */
  readonly partMissing?: true;
  /** The engine has stopped for good: a bug, with its message. */
  readonly stopped?: string;
  /** The stream has ended. */
  readonly end?: true;
}

/** The result of checking a lesson's step; all texts are ids of the lesson's own prose or system output. */
export interface CheckReport {
  readonly step: string;
  readonly passed: boolean;
  readonly checks: readonly CheckFinding[];
  /** Id of the recognised mistake's text. */
  readonly feedback?: string;
}
/** What was found where a step asks for something; what it asks for stands in the lesson. */
export interface CheckFinding {
  readonly of: 'ask' | 'check' | 'never';
  /** Its place among those of the step. */
  readonly at: number;
  readonly passed: boolean;
  readonly found: Found;
}
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly text: string }
  /** It is there, and too much to be told. */
  | { readonly kind: 'object' }
  | { readonly kind: 'count'; readonly count: number }
  /** How many of the events that have to come one after the other have come. */
  | { readonly kind: 'events'; readonly met: number }
  /** A request that was not answered: how curl, or what should have run it, ended. */
  | { readonly kind: 'no-answer'; readonly exit: number; readonly words: string };

export interface SimulationApi {
  open(options: OpenOptions, port: MessagePortLike): Promise<OpenResult>;
  /** Answers the input's place in line; `saved` in a batch acknowledges it. */
  input(input: Input): Promise<number>;
  setPace(pace: Pace): Promise<void>;
  step(): Promise<void>;
  /** Watchdog. Answers which life of the worker this is: it holds a Web Lock `drydock-engine-<number>` until it ends. */
  ping(): Promise<number>;
  /** The whole sandbox as a file. */
  exportFile(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | { readonly unavailable: string }>;
  /** Replaces the sandbox of an id by a file's; the page opens it again afterwards. */
  importFile(
    id: string,
    bytes: Uint8Array,
  ): Promise<{ readonly ok: true; readonly topology: string } | { readonly ok: false; readonly message: string }>;
  /** Throws the stored sandbox away. */
  reset(id: string): Promise<void>;
  /** Reads for pictures, the editor and lesson checks; no effect on the world. */
  object(resource: string, namespace: string | undefined, name: string): Promise<JsonObject | undefined>;
  objects(resource: string, namespace: string | undefined): Promise<readonly JsonObject[]>;
  file(host: string, path: string): Promise<string | undefined>;
  /** Checks a step of the opened lesson against the world as it stands. */
  check(step: string, answers: Readonly<Record<string, string>>): Promise<CheckReport>;
  /** Writes what is unsaved and stops. */
  close(): Promise<void>;
}

/** The part of a MessagePort that is used; protocol knows no DOM types. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
}
