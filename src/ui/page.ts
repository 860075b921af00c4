import { mount } from 'svelte';
import App from './App.svelte';
import { AppState, type Workers } from './state/app-state.svelte.ts';

export function showPage(workers: Workers): void {
  const target = document.getElementById('app');
  if (target !== null) mount(App, { target, props: { app: new AppState(workers) } });
}
