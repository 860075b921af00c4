/** What a key is carried out in. */
import type { Command } from './commands.ts';
import type { EditorEvent } from './event.ts';
import type { Bindings, Defaults, KeymapName } from './keymap.ts';
import type { Key } from './keys.ts';
import type { EditorState, ViLine } from './state.ts';

export type OwnKeymaps = Readonly<Record<KeymapName, Bindings>>;

export interface EditorContext {
  readonly history: readonly string[];
  readonly keymaps: OwnKeymaps;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Loaded where a line is edited in vi mode. */
  readonly vi: ViMode | undefined;
}

export interface ViMode {
  readonly insertKeys: Defaults;
  readonly commandKeys: Defaults;
  /** Its functions by name. */
  readonly commands: Readonly<Record<string, Command>>;
  /** What a key does; undefined where the keymap alone says it. */
  key(
    state: EditorState,
    vi: ViLine,
    key: Exclude<Key, { type: 'paste' }>,
    context: EditorContext,
  ): EditorEvent | undefined;
}
