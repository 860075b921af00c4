/** All the page knows, in one place: which world is open, its tabs, its lesson, what is selected, what was said. */
import { mode } from 'mode-watcher';
import type { OpenOptions } from '../../protocol/page.ts';
import type { Output } from '../../protocol/simulation.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import { DARK_TERMINAL, LIGHT_TERMINAL } from '../terminal/terminal-theme.ts';
import { chooseFile, downloadFile, formatBytes } from './files.ts';
import { Exchanges } from './exchanges.ts';
import { LessonSession } from './lesson-session.svelte.ts';
import { watchMissingParts } from './missing-parts.ts';
import { preferences } from './preferences.svelte.ts';
import { Router } from './route.svelte.ts';
import type { Route } from './route.ts';
import { Simulation } from './simulation.svelte.ts';
import { Workspace } from './workspace.svelte.ts';

const DEFAULT_SEED = 1;

/** What the details below the picture are about. */
export interface Selection {
  readonly kind: 'pod' | 'node' | 'service' | 'workload' | 'container';
  readonly namespace: string;
  readonly name: string;
  /** Of a workload: Deployment …; of a container: its host. */
  readonly of: string;
}
export type Dialog =
  | { readonly name: 'none' }
  | { readonly name: 'palette' | 'help' | 'reset' | 'open-host-file' | 'save-host-file' }
  | { readonly name: 'import'; readonly file: string; readonly bytes: Uint8Array };

/** How the page's threads are made; only main.ts knows where they are. */
export interface Workers {
  readonly simulation: () => Worker;
  readonly yaml: () => Worker;
}

export class AppState {
  readonly simulation: Simulation;
  readonly workspace: Workspace;
  readonly exchanges: Exchanges;
  readonly router: Router;
  #lesson = $state.raw<LessonSession | undefined>();
  #selection = $state.raw<Selection | undefined>();
  #dialog = $state.raw<Dialog>({ name: 'none' });
  #notice = $state<string | undefined>();
  #partMissing = $state(false);
  #options: OpenOptions | undefined;

  constructor(readonly workers: Workers) {
    this.simulation = new Simulation(workers.simulation, {
      opened: (result) => {
        const host = this.#lesson?.loaded?.lesson.host ?? result.hosts[0] ?? '';
        this.workspace.restore(result.terminals, host);
      },
      output: (output) => this.#take(output),
      terminals: () =>
        this.workspace.terminals.map(({ id, host, recent }) => ({ terminal: id, host, scrollback: recent })),
    });
    this.exchanges = new Exchanges((input) => this.simulation.input(input));
    this.workspace = new Workspace((input) => this.simulation.input(input), {
      input: (input) => this.simulation.input(input),
      inputDurably: (input) => this.simulation.inputDurably(input),
      theme: () => (mode.current === 'dark' ? DARK_TERMINAL : LIGHT_TERMINAL),
      screenReader: () => preferences.screenReader,
      openFile: (host, path) => void this.#openFile(host, path),
      label: (name) => i18n.t.terminal.label(name),
      skippedText: (bytes) => `\r\n\u001b[0m${i18n.t.terminal.skipped(formatBytes(bytes))}\r\n`,
    });
    watchMissingParts(() => {
      this.#partMissing = true;
    });
    this.router = new Router((route) => void this.#enter(route));
    void this.#enter(this.router.route);
  }

  get lesson(): LessonSession | undefined {
    return this.#lesson;
  }
  get selection(): Selection | undefined {
    return this.#selection;
  }
  get dialog(): Dialog {
    return this.#dialog;
  }
  /** A short message at the bottom, until it is closed or replaced. */
  get notice(): string | undefined {
    return this.#notice;
  }
  /** Something of the page or of the simulation could not be downloaded since the page was opened. */
  get partMissing(): boolean {
    return this.#partMissing || this.simulation.partMissing;
  }
  /** Where kubectl and docker are typed by the page itself. */
  get mainHost(): string {
    return this.#lesson?.loaded?.lesson.host ?? this.simulation.hosts[0] ?? '';
  }

  select(selection: Selection | undefined): void {
    this.#selection = selection;
  }
  show(dialog: Dialog): void {
    this.#dialog = dialog;
  }
  say(notice: string | undefined): void {
    this.#notice = notice;
  }

  async saveToFile(): Promise<void> {
    const made = await this.simulation.api
      ?.exportFile()
      .catch((error: unknown) => ({ unavailable: error instanceof Error ? error.message : String(error) }));
    if (made === undefined) return;
    if ('unavailable' in made) this.say(i18n.t.states.exportUnavailable(made.unavailable));
    else downloadFile(made.name, made.bytes);
  }

  /** Lets the person choose a sandbox's file, and asks before it takes the place of what is open. */
  async chooseSandboxFile(): Promise<void> {
    const file = await chooseFile('.drydock,.json,.gz');
    if (file !== undefined) this.show({ name: 'import', file: file.name, bytes: file.bytes });
  }

  /** Replaces what is open by a file's sandbox; what is open stays if the file is not one. */
  async importFile(bytes: Uint8Array): Promise<void> {
    const { api } = this.simulation;
    const options = this.#options;
    if (api === undefined || options === undefined) return;
    const result = await api.importFile(options.id, bytes);
    if (!result.ok) {
      this.say(i18n.t.states.importFailed(result.message));
      return;
    }
    this.#options = { ...options, topology: result.topology };
    await this.simulation.reopen(this.#options);
    this.say(i18n.t.states.imported);
  }

  async reset(): Promise<void> {
    this.#selection = undefined;
    const { lesson } = this;
    lesson?.reset();
    await this.simulation.reset();
  }

  /** What happened, for whoever looks after Drydock. */
  saveReport(): void {
    const { phase, setAside, recovered, stuck } = this.simulation;
    const report = {
      sandbox: this.#options,
      phase,
      recovered,
      setAside,
      stuck,
      userAgent: navigator.userAgent,
      atMs: Date.now(),
    };
    downloadFile('drydock-report.json', new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`));
  }

  async #enter(route: Route): Promise<void> {
    if (route.page === 'course') return;
    const id = route.page === 'lesson' ? `lesson-${route.lesson}` : `sandbox-${route.topology}`;
    if (this.#options?.id === id) return;
    this.#selection = undefined;
    this.#lesson?.leave();
    this.#lesson = undefined;
    this.workspace.enter(id);
    let options: OpenOptions = { id, topology: 'kubeadm-3', seed: DEFAULT_SEED };
    if (route.page === 'sandbox') options = { ...options, topology: route.topology };
    else {
      const lesson = new LessonSession(route.lesson, {
        enter: (name, step) => this.simulation.input({ type: 'lesson.step', lesson: name, step }),
        check: async (step, answers) => this.simulation.api?.check(step, answers),
      });
      this.#lesson = lesson;
      const loaded = await lesson.load();
      if (loaded === undefined) return;
      options = { ...options, topology: loaded.lesson.world, seed: loaded.lesson.seed, lesson: route.lesson };
    }
    this.#options = options;
    await this.simulation.open(options);
  }

  /** As `code` asks: a file that is not there yet begins empty. */
  async #openFile(host: string, path: string): Promise<void> {
    const { api, hosts } = this.simulation;
    // The host may have been given another name, or lie inside another one.
    if (api === undefined || !hosts.includes(host)) return;
    this.workspace.openHostFile(host, path, (await api.file(host, path)) ?? '');
  }

  #take(output: Output): void {
    if (this.workspace.take(output)) return;
    if (output.type === 'exchange') this.exchanges.take(output);
    else if (output.type === 'refused') this.say(output.message);
  }
}
