/** Starts the simulation's thread, which loads its engine while the page is loaded here. */
import { parseHash } from './ui/state/route.ts';

/** The thread's name is the world it is for, so that it fetches that world's parts before it is asked to open it. */
const startSimulation = (world = ''): Worker =>
  new Worker(new URL('../workers/simulation.worker.ts', import.meta.url), { type: 'module', name: world });

const route = parseHash(location.hash);
let first = route.page === 'course' ? undefined : startSimulation(route.page === 'sandbox' ? route.topology : '');
// Nobody listens to it yet: whoever asks for a thread gets another one, and learns what is wrong with that.
first?.addEventListener('error', () => (first = undefined));

/** Without its own code the page has neither texts nor a language: it says it in both. */
function tellPageMissing(): void {
  const reload = document.createElement('button');
  reload.textContent = '새로 고침 · Reload';
  reload.onclick = () => {
    location.reload();
  };
  document
    .getElementById('app')
    ?.replaceChildren(
      'Drydock을 내려받지 못했어요. 연결을 확인하고 새로 고치세요. · ',
      'Drydock could not be downloaded. Check the connection and reload. ',
      reload,
    );
}

import('./ui/page.ts').then(({ showPage }) => {
  showPage({
    simulation: () => {
      const simulation = first ?? startSimulation();
      first = undefined;
      return simulation;
    },
    yaml: () => new Worker(new URL('../workers/yaml.worker.ts', import.meta.url), { type: 'module' }),
  });
}, tellPageMissing);
