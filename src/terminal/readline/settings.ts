/** What a shell keeps for its line editor from line to line. */
import type { Binding, KeymapName } from './keymap.ts';
import type { EditorState } from './state.ts';
import { freshEditor } from './state.ts';

interface SavedSettings {
  readonly keymaps: readonly (readonly [KeymapName, readonly (readonly [string, Binding | undefined])[]])[];
  readonly variables: readonly (readonly [string, string])[];
  readonly editor: EditorState;
}

/** Keymaps by each name that they have; the prefix is typed before what is bound in some of them. */
export const KEYMAPS: ReadonlyMap<string, { readonly name: KeymapName; readonly prefix: string }> = new Map([
  ['emacs', { name: 'emacs', prefix: '' }],
  ['emacs-standard', { name: 'emacs', prefix: '' }],
  ['emacs-meta', { name: 'emacs', prefix: '\x1b' }],
  ['emacs-ctlx', { name: 'emacs', prefix: '\x18' }],
  ['vi', { name: 'vi-command', prefix: '' }],
  ['vi-move', { name: 'vi-command', prefix: '' }],
  ['vi-command', { name: 'vi-command', prefix: '' }],
  ['vi-insert', { name: 'vi-insert', prefix: '' }],
]);

export class ReadlineSettings {
  /** Keys that `bind` and ~/.inputrc have bound. */
  readonly keymaps: Readonly<Record<KeymapName, Map<string, Binding | undefined>>> = {
    emacs: new Map(),
    'vi-insert': new Map(),
    'vi-command': new Map(),
  };
  /** Variables that they have set. */
  readonly variables = new Map<string, string>();
  /** The line that was accepted last: what was killed on it can be put into the next. */
  editor: EditorState = freshEditor;

  /** The keymap that is changed where no other is named. */
  get keymap(): string {
    return this.variables.get('keymap') ?? 'emacs';
  }

  save(): SavedSettings {
    const names = ['emacs', 'vi-insert', 'vi-command'] as const;
    return {
      keymaps: names.map((name) => [name, [...this.keymaps[name]]]),
      variables: [...this.variables],
      editor: this.editor,
    };
  }
  load(saved: SavedSettings): void {
    for (const [name, bindings] of saved.keymaps)
      for (const [keys, binding] of bindings) this.keymaps[name].set(keys, binding);
    for (const [name, value] of saved.variables) this.variables.set(name, value);
    this.editor = saved.editor;
  }
}
