/** Answers the page's calls. What a file needs loads with the first one. */
import type { SimulationApi } from '../src/protocol/page.ts';
import { life } from './guard-globals.ts';
import { type Opened, openSandbox } from './open-sandbox.ts';
import { openStore } from './open-store.ts';

let opened: Opened | undefined;

function current(): Opened {
  if (opened === undefined) throw new Error('no sandbox is open');
  return opened;
}

type Host = Omit<SimulationApi, 'open'> & {
  open: (...wanted: [Parameters<typeof openSandbox>[0], MessagePort]) => ReturnType<typeof openSandbox>;
};

export const host: Host = {
  open: (options, port) =>
    openSandbox(options, port, (made) => {
      opened = made;
    }),
  input: async (input) => current().hand(input),
  setPace: async (pace) => current().session.setPace(pace),
  step: async () => current().session.step(),
  ping: async () => {
    await life.held;
    return life.number;
  },
  object: async (...wanted) => current().sandbox.reader.object(...wanted),
  objects: async (...wanted) => current().sandbox.reader.objects(...wanted),
  file: async (name, path) => current().sandbox.reader.file(name, path),
  check: async (step, answers) => (await current().lesson?.check(step, answers)) ?? { step, passed: false, checks: [] },
  close: async () => opened?.session.stop(),
  exportFile: async () => {
    const { session, store } = current();
    await session.flush();
    const stored = await store.load(session.id);
    const { writeSandboxFile } = await import('./sandbox-file.ts');
    return stored === undefined
      ? { unavailable: 'nothing is stored' }
      : { name: `${session.id}.drydock`, bytes: writeSandboxFile(stored) };
  },
  importFile: async (id, bytes) => {
    const [{ readSandboxFile }, { tryOut }] = await Promise.all([import('./sandbox-file.ts'), import('./try-out.ts')]);
    const read = readSandboxFile(id, bytes);
    if ('message' in read) return { ok: false, message: read.message };
    const wrong = await tryOut(read);
    if (wrong !== undefined) return { ok: false, message: wrong };
    await current().session.stop();
    await current().store.create(read);
    return { ok: true, topology: read.identity.topology };
  },
  reset: async (id) => {
    await opened?.session.stop();
    await (opened?.store ?? (await openStore()).store).remove(id);
  },
};
