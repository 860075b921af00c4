/** One Monaco editor that shows one file at a time; each file keeps its model, with its undo history and its place. */
import type { editor } from 'monaco-editor/editor/editor.api.js';
import { monospace } from '../monospace.ts';
import type { FileTab } from '../state/file-tab.svelte.ts';
import type { Monaco } from './monaco.ts';

export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
export interface EditorListener {
  onedit(file: FileTab, text: string): void;
  onproblems(problems: readonly Problem[]): void;
  onapply(): void;
  onsave(): void;
}
export interface EditorView {
  /** Shows a file; `replaced` changes when its text was replaced from outside. */
  show(file: FileTab, replaced: number): void;
  showDiff(parent: HTMLElement, before: string, after: string): editor.IStandaloneDiffEditor;
  goTo(line: number, column: number): void;
  setTheme(dark: boolean): void;
  setLabel(label: string): void;
  dispose(): void;
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 14,
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  lineNumbersMinChars: 3,
  // Enter after a word that is complete is a new line.
  acceptSuggestionOnEnter: 'smart',
  quickSuggestions: { other: true, strings: true, comments: false },
  unicodeHighlight: { nonBasicASCII: false, ambiguousCharacters: false, invisibleCharacters: true },
};

interface Kept {
  readonly model: editor.ITextModel;
  replaced: number;
  viewState: editor.ICodeEditorViewState | null;
}
const kept = new WeakMap<FileTab, Kept>();

export async function openEditor(
  parent: HTMLElement,
  listener: EditorListener,
  createYamlWorker: () => Worker,
): Promise<EditorView> {
  const { loadMonaco } = await import('./monaco.ts');
  const monaco = await loadMonaco(createYamlWorker);
  const shown = monaco.editor.create(parent, { ...OPTIONS, fontFamily: monospace(), model: null });
  let file: FileTab | undefined;
  const tellProblems = (): void => listener.onproblems(problemsOf(monaco, shown.getModel()));
  const subscriptions = [
    shown.onDidChangeModelContent(() => {
      if (file !== undefined) listener.onedit(file, shown.getValue());
    }),
    monaco.editor.onDidChangeMarkers(tellProblems),
  ];
  shown.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => listener.onapply());
  shown.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => listener.onsave());
  return {
    show: (next, replaced) => {
      const before = file === undefined ? undefined : kept.get(file);
      if (before !== undefined && file !== next) before.viewState = shown.saveViewState();
      file = undefined;
      const keep = keepOf(monaco, next, replaced);
      if (shown.getModel() !== keep.model) {
        shown.setModel(keep.model);
        shown.restoreViewState(keep.viewState);
      }
      file = next;
      tellProblems();
      shown.focus();
    },
    showDiff: (place, before, after) => {
      const diff = monaco.editor.createDiffEditor(place, {
        ...OPTIONS,
        fontFamily: monospace(),
        readOnly: true,
        renderSideBySide: true,
        useInlineViewWhenSpaceIsLimited: true,
      });
      diff.setModel({
        original: monaco.editor.createModel(before, 'yaml', monaco.Uri.parse('inmemory://diff/before')),
        modified: monaco.editor.createModel(after, 'yaml', monaco.Uri.parse('inmemory://diff/after')),
      });
      return diff;
    },
    goTo: (lineNumber, column) => {
      shown.setPosition({ lineNumber, column });
      shown.revealLineInCenterIfOutsideViewport(lineNumber);
      shown.focus();
    },
    setTheme: (dark) => monaco.editor.setTheme(dark ? 'drydock-dark' : 'drydock-light'),
    setLabel: (ariaLabel) => shown.updateOptions({ ariaLabel }),
    dispose: () => {
      const last = file === undefined ? undefined : kept.get(file);
      if (last !== undefined) last.viewState = shown.saveViewState();
      for (const subscription of subscriptions) subscription.dispose();
      shown.dispose();
    },
  };
}

function keepOf(monaco: Monaco, file: FileTab, replaced: number): Kept {
  const known = kept.get(file);
  if (known !== undefined && !known.model.isDisposed()) {
    if (known.replaced !== replaced) {
      known.replaced = replaced;
      known.model.setValue(file.text);
    }
    return known;
  }
  const language = /\.ya?ml$/.test(file.name) || file.origin.kind !== 'host' ? 'yaml' : 'plaintext';
  const uri = monaco.Uri.parse(`inmemory://files/${file.id}/${encodeURIComponent(file.name)}`);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(file.text, language, uri);
  if (model.getValue() !== file.text) model.setValue(file.text);
  const made: Kept = { model, replaced, viewState: null };
  kept.set(file, made);
  return made;
}

function problemsOf(monaco: Monaco, model: editor.ITextModel | null): readonly Problem[] {
  // What is empty has no mistakes yet.
  if (model === null || model.getValue().trim() === '') return [];
  return monaco.editor
    .getModelMarkers({ resource: model.uri })
    .filter(({ severity }) => severity >= monaco.MarkerSeverity.Warning)
    .map(({ startLineNumber, startColumn, message }) => ({ line: startLineNumber, column: startColumn, message }));
}
