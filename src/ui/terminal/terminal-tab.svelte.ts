/** One terminal: xterm with its addons, what is typed into it, and what is pasted. Lives as long as its tab. */
import { FitAddon } from '@xterm/addon-fit';
import type { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ITheme, Terminal } from '@xterm/xterm';
import { concatBytes, encodeUtf8 } from '../../protocol/bytes.ts';
import type { Input } from '../../protocol/simulation.ts';
import { OPEN_FILE, parseOpenFile } from '../../protocol/terminal-sequences.ts';
import { latinMonospace, loadHangul, monospace } from '../monospace.ts';
import { BoundedWriter } from './bounded-writer.ts';
import { copyText } from './clipboard.ts';
import { TypedLine, meantInLatin } from './hangul-hint.ts';
import { PASTE_END, type PasteConcern, cutIntoPieces, encodePaste, findConcerns } from './paste.ts';

const SCROLLBACK_LINES = 5000;
/** What a tab that follows, or one that is drawn again, gets to see of the past. */
const KEPT_BYTES = 128 * 1024;
const PASTE_PIECE = 64 * 1024;
/** ^C. */
const INTERRUPT = '\u0003';

export interface TerminalEnvironment {
  readonly input: (input: Input) => void;
  /** Settles when the input is durable. */
  readonly inputDurably: (input: Input) => Promise<void>;
  readonly theme: () => ITheme;
  readonly screenReader: () => boolean;
  /** A program asks for a file of a host to be opened in the editor. */
  readonly openFile: (host: string, path: string) => void;
  readonly label: (host: string) => string;
  readonly skippedText: (bytes: number) => string;
}

export interface PasteQuestion {
  readonly text: string;
  readonly concerns: readonly PasteConcern[];
}

export class TerminalTab {
  readonly xterm: Terminal;
  #search: SearchAddon | undefined;
  #measures = false;
  /** Bytes of a restored scrollback that are not drawn yet. */
  #restoring = 0;
  #disposed = false;
  readonly element = document.createElement('div');
  readonly #fit = new FitAddon();
  readonly #writer: BoundedWriter;
  readonly #line = new TypedLine();
  #typed = '';
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #recent: Uint8Array[] = [];
  #opened = false;
  #closed = $state<string | undefined>();
  #hint = $state<string | undefined>();
  #question = $state.raw<PasteQuestion | undefined>();
  #pasteProgress = $state<number | undefined>();
  #pasteCancelled = false;

  constructor(
    readonly id: string,
    readonly host: string,
    readonly title: string,
    private readonly environment: TerminalEnvironment,
  ) {
    this.xterm = new Terminal({
      allowProposedApi: true,
      fontFamily: latinMonospace(),
      fontSize: 14,
      lineHeight: 1.15,
      scrollback: SCROLLBACK_LINES,
      cursorBlink: false,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
      theme: environment.theme(),
      screenReaderMode: environment.screenReader(),
    });
    this.element.className = 'terminal-screen';
    this.#writer = new BoundedWriter(
      (bytes, drawn) =>
        void this.#measure(bytes).then(() =>
          this.xterm.write(bytes, () => {
            this.#restoring = Math.max(0, this.#restoring - bytes.length);
            drawn();
          }),
        ),
      (bytes) => encodeUtf8(environment.skippedText(bytes)),
    );
    for (const addon of [this.#fit, new WebLinksAddon()]) this.xterm.loadAddon(addon);
    this.xterm.parser.registerOscHandler(OPEN_FILE, (data) => {
      const wanted = parseOpenFile(data);
      // What was asked for before the terminal was drawn again has been done.
      if (wanted !== undefined && this.#restoring === 0) environment.openFile(wanted.host, wanted.path);
      return true;
    });
    this.xterm.onData((data) => this.#type(data));
    this.xterm.onResize(({ cols, rows }) =>
      environment.input({ type: 'terminal.resize', terminal: id, size: { columns: cols, rows } }),
    );
    this.xterm.attachCustomKeyEventHandler((event) => this.#passKey(event));
    this.element.addEventListener('paste', (event) => this.#pasteEvent(event), { capture: true });
  }

  /** Why the shell has ended; undefined while it runs. */
  get closed(): string | undefined {
    return this.#closed;
  }
  /** A command that was typed with Hangul left on, as it was meant. */
  get hint(): string | undefined {
    return this.#hint;
  }
  get question(): PasteQuestion | undefined {
    return this.#question;
  }
  /** 0 to 1 while a large paste is on its way. */
  get pasteProgress(): number | undefined {
    return this.#pasteProgress;
  }
  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.xterm.cols, rows: this.xterm.rows };
  }
  get recent(): Uint8Array {
    return concatBytes(this.#recent);
  }

  /** Puts the terminal into the page; answers how to take it out. */
  mount(parent: HTMLElement): () => void {
    parent.append(this.element);
    if (!this.#opened) {
      this.#opened = true;
      this.xterm.open(this.element);
      this.xterm.textarea?.setAttribute('aria-label', this.environment.label(this.title));
    }
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(parent);
    this.fit();
    return () => {
      observer.disconnect();
      this.element.remove();
    };
  }

  /** Searches the scrollback; answers whether anything was found. */
  async find(query: string, forward: boolean): Promise<boolean> {
    if (this.#search === undefined) {
      const { SearchAddon: Search } = await import('@xterm/addon-search');
      this.#search = new Search();
      this.xterm.loadAddon(this.#search);
    }
    return forward ? this.#search.findNext(query) : this.#search.findPrevious(query);
  }

  endSearch(): void {
    this.#search?.clearDecorations();
    this.xterm.focus();
  }

  fit(): void {
    if (this.element.isConnected && this.element.clientWidth > 0 && this.element.clientHeight > 0) this.#fit.fit();
  }

  write(bytes: Uint8Array): void {
    this.#recent.push(bytes);
    if (this.#recent.reduce((sum, part) => sum + part.length, 0) > 2 * KEPT_BYTES)
      this.#recent = [concatBytes(this.#recent).slice(-KEPT_BYTES)];
    this.#writer.push(bytes);
  }

  /** Begins anew with what the restored world says it has printed. */
  restore(scrollback: Uint8Array): void {
    this.xterm.reset();
    this.#recent = [];
    this.#closed = undefined;
    this.#restoring = scrollback.length;
    this.write(scrollback);
    this.environment.input({ type: 'terminal.resize', terminal: this.id, size: this.size });
  }

  close(reason: string): void {
    this.#closed = reason;
  }

  /** Types for the learner: a command of a lesson, or one retyped. */
  typeText(text: string): void {
    this.#send(text);
    this.xterm.focus();
  }

  dismissHint(): void {
    this.#hint = undefined;
  }

  /** Pastes a text as it stands. */
  async paste(text: string): Promise<void> {
    this.#question = undefined;
    const bracketed = this.xterm.modes.bracketedPasteMode;
    const pieces = cutIntoPieces(encodePaste(text, bracketed), PASTE_PIECE);
    if (pieces.length > 1) await this.#pastePieces(pieces, bracketed);
    else this.#send(pieces[0] ?? '');
    this.xterm.focus();
  }

  /** What is typed meanwhile comes after the paste; ^C ends it where it is. */
  async #pastePieces(pieces: readonly string[], bracketed: boolean): Promise<void> {
    this.#pasteCancelled = false;
    for (const [index, piece] of pieces.entries()) {
      this.#pasteProgress = (index + 1) / pieces.length;
      await this.environment.inputDurably({ type: 'terminal.type', terminal: this.id, text: piece });
      if (this.#closed !== undefined) break;
      if (!this.#pasteCancelled || index === pieces.length - 1) continue;
      if (bracketed) this.#send(PASTE_END);
      break;
    }
    this.#pasteProgress = undefined;
    this.#sendTyped();
  }

  cancelPaste(): void {
    this.#pasteCancelled = true;
    this.#question = undefined;
    this.xterm.focus();
  }

  /** Pastes at once what looks right, and asks about what does not. */
  offerPaste(text: string): void {
    const concerns = findConcerns(text);
    if (concerns.length === 0) void this.paste(text);
    else this.#question = { text, concerns };
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#flushTimer);
    this.xterm.dispose();
    this.element.remove();
  }

  /** What is not plain Latin is as wide as Unicode says and has a font of its own: the terminal learns it when it first meets some. */
  async #measure(bytes: Uint8Array): Promise<void> {
    if (this.#measures || !bytes.some((byte) => byte >= 0x80)) return;
    this.#measures = true;
    const [{ UnicodeGraphemesAddon }] = await Promise.all([import('@xterm/addon-unicode-graphemes'), loadHangul()]);
    if (this.#disposed) return;
    this.xterm.options.fontFamily = monospace();
    this.xterm.loadAddon(new UnicodeGraphemesAddon());
    this.xterm.unicode.activeVersion = '15-graphemes';
  }

  #type(data: string): void {
    this.#hint = undefined;
    const line = this.#line.take(data.normalize('NFC'));
    if (line !== undefined) void meantInLatin(line).then((meant) => (this.#hint = meant));
    this.#typed += data;
    if (this.#pasteProgress !== undefined) {
      if (data.includes(INTERRUPT)) this.#pasteCancelled = true;
      return;
    }
    if (this.#flushTimer !== undefined) return;
    // A syllable that is still being composed must not be disturbed by its own echo: it is sent from a task of its own.
    if (isComposed(data)) this.#flushTimer = setTimeout(() => this.#sendTyped(), 0);
    else this.#sendTyped();
  }

  #sendTyped(): void {
    this.#flushTimer = undefined;
    const typed = this.#typed;
    this.#typed = '';
    if (typed !== '') this.#send(typed.normalize('NFC'));
  }

  #send(text: string): void {
    if (this.#closed === undefined) this.environment.input({ type: 'terminal.type', terminal: this.id, text });
  }

  /** Whether xterm handles a key. Copy and paste are the browser's; the rest is the terminal's. */
  #passKey(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if ((event.metaKey || (event.ctrlKey && event.shiftKey)) && key === 'c' && this.xterm.hasSelection()) {
      if (event.type === 'keydown') void copyText(this.xterm.getSelection());
      event.preventDefault();
      return false;
    }
    if (event.ctrlKey && event.shiftKey && key === 'c') {
      // Else the browser opens its inspector.
      event.preventDefault();
      return false;
    }
    if (event.ctrlKey && !event.altKey && !event.shiftKey && key === 'c' && this.xterm.hasSelection()) {
      if (event.type === 'keydown') {
        void copyText(this.xterm.getSelection());
        this.xterm.clearSelection();
      }
      return false;
    }
    if ((event.ctrlKey || event.metaKey) && key === 'v') return false;
    if ((event.ctrlKey || event.metaKey) && key === 'k' && event.shiftKey) return false;
    // F6 leaves the terminal, from which Tab cannot.
    return event.key !== 'F6';
  }

  #pasteEvent(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text !== '') this.offerPaste(text);
  }
}

/** Whether a text may come from an input method: what a plain key sends is ASCII. */
const isComposed = (text: string): boolean => /[^\0-\x7f]/.test(text);
