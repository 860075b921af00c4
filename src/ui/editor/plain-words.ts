import type { languages } from 'monaco-editor/editor/editor.api.js';

/** What has a meaning of its own in a snippet. */
const SNIPPET_SIGN = /[$\\}]/;

/**
 * The YAML server offers every word as a snippet. Enter takes a snippet even where it changes nothing, and the new line that
 * was meant would be lost: a word without anything to fill in is offered as plain text.
 */
export function withPlainWords(provider: languages.CompletionItemProvider): languages.CompletionItemProvider {
  return {
    ...provider,
    provideCompletionItems: async (...asked) => {
      const list = await provider.provideCompletionItems(...asked);
      return list === undefined || list === null ? list : { ...list, suggestions: list.suggestions.map(plainWord) };
    },
  };
}

function plainWord(item: languages.CompletionItem): languages.CompletionItem {
  if (SNIPPET_SIGN.test(item.insertText)) return item;
  const { insertTextRules: _snippet, ...plain } = item;
  return plain;
}
