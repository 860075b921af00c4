/**
 * The shell's own stack. A frame says where in a tree the shell stands and what it will do when the command it started is
 * done; nodes are kept by address when saved.
 */
import type { AndOr, ArithmeticFor, Case, CompoundList, For, If, Script, Select, SyntaxNode, While } from 'unbash';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd } from '../../../protocol/program.ts';
import type { NodeAddress, Source } from '../syntax/source.ts';
import { addressOf, nodeAt } from '../syntax/source.ts';

interface At {
  readonly source: Source;
  /** A failing command does not end the shell here (`set -e`). */
  readonly quiet: boolean;
}

/** How to put a descriptor back: to the copy at `saved`, or closed. */
export interface Undo {
  readonly fd: Fd;
  readonly saved: Fd | undefined;
}

export type TreeFrame = At &
  (
    | {
        readonly type: 'list';
        readonly node: CompoundList | Script;
        at: number;
        readonly until: number;
        /** A text that was read, which `set -v` shows. */
        readonly input?: true;
      }
    /** Any node that is to be run next. */
    | { readonly type: 'run'; readonly node: SyntaxNode }
    | { readonly type: 'and-or'; readonly node: AndOr; at: number }
    | { readonly type: 'if'; readonly node: If; at: number; stage: 'clause' | 'body' }
    | { readonly type: 'while'; readonly node: While; stage: 'start' | 'clause' | 'body'; last: number }
    | { readonly type: 'for'; readonly node: For; readonly words: readonly string[]; at: number }
    | {
        readonly type: 'c-for';
        readonly node: ArithmeticFor;
        /** The expression that comes next, and whether its DEBUG trap has run. */
        next: 'initialize' | 'test' | 'update';
        announced: boolean;
      }
    | {
        readonly type: 'select';
        readonly node: Select;
        readonly words: readonly string[];
        stage: 'menu' | 'ask' | 'body';
        last: number;
      }
    /** The syntax error that a sourced file ends with. */
    | { readonly type: 'fault'; readonly node: Script }
    | { readonly type: 'case'; readonly node: Case; at: number; readonly word: string; fall: '' | ';&' | ';;&' }
  );
export type PlainFrame =
  | { readonly type: 'negate' }
  | {
      readonly type: 'time';
      readonly startUs: number;
      readonly user: number;
      readonly system: number;
      readonly posix: boolean;
    }
  | { readonly type: 'fds'; readonly undo: readonly Undo[] }
  | { readonly type: 'scope' }
  | {
      readonly type: 'function';
      readonly name: string;
      readonly positional: readonly string[];
      readonly line: number;
      /** The caller's file. */
      readonly file: string | undefined;
      /** The file that the function stands in. */
      readonly definedIn: string | undefined;
      /** DEBUG and RETURN traps run inside (`set -T`, `declare -ft`). */
      readonly traced: boolean;
      /** What it was called with, where that is kept (`shopt -s extdebug`). */
      readonly called: readonly string[] | undefined;
      /** Its RETURN trap has begun. */
      ended?: true;
      /** The RETURN trap outside: at its end only one set inside runs, unless it inherits this one. */
      readonly returnTrap: string | undefined;
      /** Options to put back at its end (`local -`). */
      options?: readonly string[];
    }
  | {
      readonly type: 'source';
      /** Parameters to put back at its end, unless `set` gave new ones inside. */
      positional: readonly string[] | undefined;
      readonly file: string;
      /** Where it was called from. */
      readonly line: number;
      readonly caller: string | undefined;
      readonly called: readonly string[] | undefined;
    }
  /** A command that an editor has in hand. */
  | { readonly type: 'edited'; readonly file: string }
  | {
      readonly type: 'wait';
      readonly job: number;
      readonly quiet: boolean;
      /** The last stage ran in this shell (`shopt -s lastpipe`): its status is `$?`. */
      readonly lastStageHere?: true;
    }
  | {
      readonly type: 'trap';
      readonly name?: 'ERR' | 'DEBUG' | 'RETURN';
      readonly status: number;
      readonly pipeStatus: readonly number[];
      /** The command that it runs for. */
      readonly command: string;
      /** The frame beneath waits for its answer (`shopt -s extdebug`). */
      readonly guards: boolean;
    }
  | {
      readonly type: 'check';
      readonly quiet: boolean;
      /** Where the command stands. */
      readonly line: number;
      /** `$_` when it is over, unless the commands inside say it. */
      readonly lastArgument: string | undefined;
    };
export type Frame = TreeFrame | PlainFrame;

const LOOPS = new Set(['while', 'for', 'c-for', 'select']);
export const isLoop = (frame: Frame): boolean => LOOPS.has(frame.type);

export function saveFrame(frame: Frame): Plain {
  if (!('node' in frame)) return { ...frame } as Plain;
  const { source, node, ...rest } = frame;
  return { ...rest, node: { ...addressOf(source, node) } };
}

/** A frame from what `saveFrame` gave; undefined where its node is gone. */
export function loadFrame(saved: unknown, sources: ReadonlyMap<number, Source>): Frame | undefined {
  const data = saved as { readonly type: Frame['type']; readonly node?: NodeAddress };
  if (data.node === undefined) return { ...data } as PlainFrame;
  const source = sources.get(data.node.source);
  const node = source === undefined ? undefined : nodeAt(source, data.node);
  if (source === undefined || node === undefined) return undefined;
  return { ...data, source, node } as TreeFrame;
}
