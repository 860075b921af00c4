/** The tabs of the work panel: terminals and files. */
import type { Input, Output } from '../../protocol/simulation.ts';
import { type TerminalEnvironment, TerminalTab } from '../terminal/terminal-tab.svelte.ts';
import { type FileOrigin, FileTab, type SavedFile } from './file-tab.svelte.ts';
import { store, stored, storedJson } from './local-storage.ts';
import type { Terminals } from './simulation.svelte.ts';

export type Split = 'none' | 'right' | 'below';
export type Shown = { readonly kind: 'terminal'; readonly id: string } | { readonly kind: 'file'; readonly id: string };

const SPLIT_KEY = 'drydock.split';

export class Workspace {
  #terminals = $state.raw<readonly TerminalTab[]>([]);
  #files = $state.raw<readonly FileTab[]>([]);
  #terminal = $state<string | undefined>();
  #file = $state<string | undefined>();
  #front = $state<'terminal' | 'file'>('terminal');
  #split = $state<Split>(savedSplit());
  #place = '';
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;

  constructor(
    private readonly send: (input: Input) => void,
    private readonly environment: TerminalEnvironment,
  ) {}

  get terminals(): readonly TerminalTab[] {
    return this.#terminals;
  }
  get files(): readonly FileTab[] {
    return this.#files;
  }
  get terminal(): TerminalTab | undefined {
    return this.#terminals.find(({ id }) => id === this.#terminal) ?? this.#terminals[0];
  }
  get file(): FileTab | undefined {
    return this.#files.find(({ id }) => id === this.#file) ?? this.#files[0];
  }
  /** Which of the two is shown where they are not side by side. */
  get front(): 'terminal' | 'file' {
    return this.#front === 'file' && this.#files.length > 0 ? 'file' : 'terminal';
  }
  get split(): Split {
    return this.#split;
  }

  setSplit(split: Split): void {
    this.#split = split;
    store(SPLIT_KEY, split);
  }

  /** Another sandbox: its terminals come with `opened`, its files from what was kept. */
  enter(place: string): void {
    for (const tab of this.#terminals) tab.dispose();
    this.#terminals = [];
    this.#place = place;
    this.#files = storedJson(`drydock.files.${place}`, isSavedFiles, []).map((saved) => new FileTab(saved));
    this.#file = this.#files[0]?.id;
    this.#front = 'terminal';
  }

  /** The world is there, anew or again: its terminals as they stand. */
  restore(terminals: Terminals, defaultHost: string): void {
    const isAlive = (id: string): boolean => terminals.some(({ terminal }) => terminal === id);
    for (const tab of this.#terminals) if (!isAlive(tab.id)) tab.dispose();
    this.#terminals = terminals.map(
      ({ terminal, host }) => this.#terminals.find(({ id }) => id === terminal) ?? this.#make(terminal, host),
    );
    for (const { terminal, scrollback } of terminals)
      this.#terminals.find(({ id }) => id === terminal)?.restore(scrollback);
    if (this.#terminals.length === 0) this.openTerminal(defaultHost);
  }

  openTerminal(host: string): TerminalTab {
    const isTaken = (id: string): boolean => this.#terminals.some((tab) => tab.id === id);
    let number = 1;
    while (isTaken(terminalId(host, number))) number += 1;
    const size = this.terminal?.size ?? { columns: 80, rows: 24 };
    const tab = this.#make(terminalId(host, number), host);
    this.#terminals = [...this.#terminals, tab];
    this.send({ type: 'terminal.open', terminal: tab.id, host, size });
    this.show({ kind: 'terminal', id: tab.id });
    return tab;
  }

  closeTerminal(id: string): void {
    const tab = this.#terminals.find((candidate) => candidate.id === id);
    if (tab === undefined) return;
    if (tab.closed === undefined) this.send({ type: 'terminal.close', terminal: id });
    tab.dispose();
    const index = this.#terminals.indexOf(tab);
    this.#terminals = this.#terminals.filter((candidate) => candidate !== tab);
    if (this.#terminal === id) this.#terminal = this.#terminals[Math.max(0, index - 1)]?.id;
  }

  show(shown: Shown): void {
    this.#front = shown.kind;
    if (shown.kind === 'terminal') this.#terminal = shown.id;
    else this.#file = shown.id;
  }

  /** Types a command and Enter into a terminal of that host. */
  runIn(host: string, command: string): void {
    const current = this.terminal;
    const candidates = this.#terminals.filter((tab) => tab.host === host && tab.closed === undefined);
    const tab = candidates.find((candidate) => candidate === current) ?? candidates[0] ?? this.openTerminal(host);
    this.show({ kind: 'terminal', id: tab.id });
    tab.typeText(`${command.replace(/\n+$/, '').replaceAll('\n', '\r')}\r`);
  }

  /** Opens a terminal of its own and runs the command there, so that it does not disturb what is going on. */
  runApart(host: string, command: string): void {
    this.openTerminal(host).typeText(`${command}\r`);
  }

  take(output: Output): boolean {
    if (output.type === 'terminal.output') {
      this.#terminals.find(({ id }) => id === output.terminal)?.write(output.bytes);
      return true;
    }
    if (output.type === 'terminal.closed') {
      this.#terminals.find(({ id }) => id === output.terminal)?.close(output.reason);
      return true;
    }
    return false;
  }

  // ---- files

  newFile(name: string, text: string, origin: FileOrigin = { kind: 'sketch' }): FileTab {
    this.#count += 1;
    const id = `file-${Date.now().toString(36)}-${String(this.#count)}`;
    const file = new FileTab({ id, name, origin, text, savedText: text });
    this.#files = [...this.#files, file];
    this.show({ kind: 'file', id });
    this.keepFiles();
    return file;
  }

  /** Opens a host's file, or brings its tab to the front. */
  openHostFile(host: string, path: string, text: string): FileTab {
    const known = this.#files.find(
      ({ origin }) => origin.kind === 'host' && origin.host === host && origin.path === path,
    );
    if (known === undefined)
      return this.newFile(path.slice(path.lastIndexOf('/') + 1), text, { kind: 'host', host, path });
    if (!known.dirty) known.replace(text);
    this.show({ kind: 'file', id: known.id });
    return known;
  }

  saveOnHost(file: FileTab, host: string, path: string): void {
    this.send({ type: 'file.write', host, path, text: file.text });
    file.savedAs({ kind: 'host', host, path }, path.slice(path.lastIndexOf('/') + 1));
    this.keepFiles();
  }

  closeFile(id: string): void {
    this.#files = this.#files.filter((file) => file.id !== id);
    if (this.#file === id) this.#file = this.#files[0]?.id;
    this.keepFiles();
  }

  /** Keeps what is not saved anywhere else, a moment after the last change. */
  keepFiles(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => {
      const kept = this.#files.filter(({ keepable }) => keepable).map((file) => file.toSaved());
      store(`drydock.files.${this.#place}`, JSON.stringify(kept));
    }, 200);
  }

  #make(id: string, host: string): TerminalTab {
    const number = id.slice(id.lastIndexOf(':') + 1);
    return new TerminalTab(id, host, number === '1' ? host : `${host} ${number}`, this.environment);
  }
}

const terminalId = (host: string, number: number): string => `${host}:${String(number)}`;

function savedSplit(): Split {
  const split = stored(SPLIT_KEY);
  return split === 'right' || split === 'below' ? split : 'none';
}

const isSavedFiles = (value: unknown): value is readonly SavedFile[] =>
  Array.isArray(value) &&
  value.every(
    (file: unknown) => typeof file === 'object' && file !== null && 'id' in file && 'text' in file && 'origin' in file,
  );
