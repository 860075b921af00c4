/** What a shell keeps for its line editor from line to line. */
import type { Binding } from './keymap.ts';
import type { EditorState } from './state.ts';
import { freshEditor } from './state.ts';

interface SavedSettings {
  readonly bindings: readonly (readonly [string, Binding | undefined])[];
  readonly variables: readonly (readonly [string, string])[];
  readonly editor: EditorState;
}

export class ReadlineSettings {
  /** Keys that `bind` and ~/.inputrc have bound. */
  readonly bindings = new Map<string, Binding | undefined>();
  /** Variables that they have set. */
  readonly variables = new Map<string, string>();
  /** The line that was accepted last: what was killed on it can be put into the next. */
  editor: EditorState = freshEditor;

  save(): SavedSettings {
    return { bindings: [...this.bindings], variables: [...this.variables], editor: this.editor };
  }
  load(saved: SavedSettings): void {
    for (const [keys, binding] of saved.bindings) this.bindings.set(keys, binding);
    for (const [name, value] of saved.variables) this.variables.set(name, value);
    this.editor = saved.editor;
  }
}
