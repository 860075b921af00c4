/** A text in the editor: a sketch of its own, a file of a simulated host, or an object of the cluster as YAML. */
export type FileOrigin =
  | { readonly kind: 'sketch' }
  | { readonly kind: 'host'; readonly host: string; readonly path: string }
  | { readonly kind: 'object'; readonly label: string };

export interface SavedFile {
  readonly id: string;
  readonly name: string;
  readonly origin: FileOrigin;
  readonly text: string;
  readonly savedText: string;
}

/** The browser keeps some megabytes for a whole site. */
const MAX_KEPT_CHARACTERS = 400_000;

export class FileTab {
  readonly id: string;
  #name = $state('');
  #origin = $state.raw<FileOrigin>({ kind: 'sketch' });
  #text = $state.raw('');
  #savedText = $state.raw('');
  #replaced = $state(0);

  constructor({ id, name, origin, text, savedText }: SavedFile) {
    this.id = id;
    this.#name = name;
    this.#origin = origin;
    this.#text = text;
    this.#savedText = savedText;
  }

  get name(): string {
    return this.#name;
  }
  get origin(): FileOrigin {
    return this.#origin;
  }
  get text(): string {
    return this.#text;
  }
  get dirty(): boolean {
    return this.#text !== this.#savedText;
  }
  /** Whether the browser can keep what is not saved of it. */
  get keepable(): boolean {
    return this.#text.length <= MAX_KEPT_CHARACTERS;
  }
  /** Counts how often the text was replaced from outside the editor. */
  get replaced(): number {
    return this.#replaced;
  }

  /** From the editor, as it is typed. */
  edit(text: string): void {
    this.#text = text;
  }

  /** From outside: read anew from its host or cluster. */
  replace(text: string): void {
    this.rewrite(text);
    this.#savedText = text;
  }

  /** A change of the person's that is not typed: the editor takes it over. */
  rewrite(text: string): void {
    this.#text = text;
    this.#replaced += 1;
  }

  savedAs(origin: FileOrigin, name: string): void {
    this.#origin = origin;
    this.#name = name;
    this.#savedText = this.#text;
  }

  toSaved(): SavedFile {
    return { id: this.id, name: this.#name, origin: this.#origin, text: this.#text, savedText: this.#savedText };
  }
}
