/** Starts the page; the simulation runs in a worker of its own. */
import { mount } from 'svelte';
import App from './ui/App.svelte';
import { AppState } from './ui/state/app-state.svelte.ts';

const target = document.getElementById('app');
if (target !== null) {
  const app = new AppState({
    simulation: () => new Worker(new URL('../workers/simulation.worker.ts', import.meta.url), { type: 'module' }),
    yaml: () => new Worker(new URL('../workers/yaml.worker.ts', import.meta.url), { type: 'module' }),
  });
  mount(App, { target, props: { app } });
}
