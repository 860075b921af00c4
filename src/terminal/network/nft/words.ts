/** Words of a command: what stands in quotes is one, braces and commas stand alone. */
export const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/"[^"]*"|[{};,]|[^\s{};,"]+/g)].map(([word]) => word);

/** A word without its quotes. */
export const bare = (word: string): string => word.replace(/^"(.*)"$/, '$1');
