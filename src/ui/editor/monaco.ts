/** Loads Monaco with YAML and the Kubernetes schema; everything here comes only when an editor is opened. */
import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { configureMonacoYaml } from 'monaco-yaml';
import { withPlainWords } from './plain-words.ts';

export type Monaco = typeof monaco;
export { monaco };

interface ForeignWorkerOptions {
  readonly createData?: unknown;
  readonly host?: Record<string, (...args: unknown[]) => unknown>;
  readonly label?: string;
  readonly keepIdleModels?: boolean;
}

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/**
 * Monaco that monaco-yaml can use: it still asks for workers by module name, which Monaco no longer knows, and completes
 * plain words as snippets.
 */
const forYaml = (createYamlWorker: () => Worker) => ({
  ...monaco,
  languages: {
    ...monaco.languages,
    registerCompletionItemProvider: (
      selector: monaco.languages.LanguageSelector,
      provider: monaco.languages.CompletionItemProvider,
    ) => monaco.languages.registerCompletionItemProvider(selector, withPlainWords(provider)),
  },
  editor: {
    ...monaco.editor,
    createWebWorker: ({ createData, host, keepIdleModels }: ForeignWorkerOptions) => {
      const worker = createYamlWorker();
      // Its start waits for one message of any kind, then for what it is to work with.
      worker.postMessage('ignore');
      worker.postMessage(createData);
      return monaco.editor.createWebWorker({
        worker,
        ...(host === undefined ? {} : { host }),
        keepIdleModels: keepIdleModels ?? false,
      });
    },
  },
});

let ready: Promise<Monaco> | undefined;

/** Monaco with themes, YAML and the schema; the second call answers the same. */
export function loadMonaco(createYamlWorker: () => Worker): Promise<Monaco> {
  ready ??= prepare(createYamlWorker);
  return ready;
}

async function prepare(createYamlWorker: () => Worker): Promise<Monaco> {
  const { kubernetesSchema } = await import('virtual:kubernetes-json-schema');
  configureMonacoYaml(forYaml(createYamlWorker), {
    enableSchemaRequest: false,
    hover: true,
    hoverSchemaSource: false,
    completion: true,
    validate: true,
    format: { enable: true },
    yamlVersion: '1.1',
    schemas: [{ uri: 'drydock://kubernetes.json', fileMatch: ['**'], schema: kubernetesSchema }],
  });
  monaco.editor.defineTheme('drydock-light', {
    base: 'vs',
    inherit: true,
    rules: [],
    colors: { 'editor.background': '#fbfcfd', 'editorLineNumber.foreground': '#5a6875' },
  });
  monaco.editor.defineTheme('drydock-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [],
    colors: { 'editor.background': '#0b1117', 'editorLineNumber.foreground': '#8497a6' },
  });
  return monaco;
}
