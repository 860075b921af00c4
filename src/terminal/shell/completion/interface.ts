/** What `complete` has defined for a command. */
export interface CompletionSpec {
  /** -F */
  readonly run: string | undefined;
  /** -C */
  readonly command: string | undefined;
  /** -W */
  readonly words: string | undefined;
  /** -G */
  readonly glob: string | undefined;
  /** -X */
  readonly filter: string | undefined;
  readonly actions: readonly string[];
  readonly options: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export interface Completion {
  /** Index, in characters of the line before the cursor, where the word begins. */
  readonly from: number;
  readonly candidates: readonly Candidate[];
}
export interface Candidate {
  /** What replaces the word. */
  readonly text: string;
  /** What a list shows. */
  readonly label: string;
  /** Put after it when it is the only one. */
  readonly suffix: string;
}

/** Words that stand for themselves, a blank after them. */
export const plainWords = (words: readonly string[]): readonly Candidate[] =>
  words.map((text) => ({ text, label: text, suffix: ' ' }));
