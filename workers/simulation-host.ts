/** Assembles a sandbox with its store and session, and answers the page. */
import type { OpenOptions, OpenResult, SimulationApi } from '../src/protocol/page.ts';
import type { SandboxStore } from '../src/protocol/store.ts';
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { type DrydockSandbox, createSandbox } from '../src/engine/sandbox.ts';
import { Session } from '../src/engine/session.ts';
import type { LessonRun } from '../src/lessons/lesson-run.ts';
import { programs } from '../src/terminal/program-table.ts';
import { engineVersion } from 'virtual:engine-version';
import { outside } from './guard-globals.ts';
import { attachLesson, prepareLesson } from './lesson-world.ts';
import { openStore } from './open-store.ts';
import { PageStream } from './page-stream.ts';
import { readSandboxFile, writeSandboxFile } from './sandbox-file.ts';
import { ViewFeed } from './view-feed.ts';

interface Opened {
  readonly sandbox: DrydockSandbox;
  readonly session: Session;
  readonly store: SandboxStore;
  readonly lesson: LessonRun | undefined;
}

let opened: Opened | undefined;

function current(): Opened {
  if (opened === undefined) throw new Error('no sandbox is open');
  return opened;
}

async function open(options: OpenOptions, port: MessagePort): Promise<OpenResult> {
  const { store, storage } = await openStore();
  // A file that was opened may have brought another world under this id.
  const known = (await store.list()).find(({ id }) => id === options.id)?.identity ?? options;
  const topology = topologyOf(known.topology);
  if (topology === undefined) throw new Error(`there is no topology ${known.topology}`);
  const sandbox = createSandbox({ topology, seed: known.seed, programs });
  let session: Session | undefined;
  const lesson = options.lesson === undefined ? undefined : await attachLesson(options.lesson, sandbox, () => session);
  const identity = { topology: known.topology, seed: known.seed, engine: engineVersion };
  const { session: made, report } = await Session.open(options.id, identity, sandbox, { ...outside, store });
  session = made;
  opened = { sandbox, session, store, lesson };
  const stream = new PageStream(port);
  session.on((event) => {
    if (event.type === 'saved') stream.tell({ saved: event.seq });
    else if (event.type === 'save-failed') stream.tell({ saveFailed: event.message });
    else if (event.type === 'pace') stream.tell({ pace: event.pace, lagging: event.lagging });
    else stream.tell({ stopped: event.message });
  });
  stream.tell({ saved: session.seq });
  void session.run();
  if (report.created && lesson !== undefined) await prepareLesson(lesson, session, store);
  const result = { identity, storage, hosts: topology.hosts.map(({ name }) => name), terminals: sandbox.terminals.list(), view: sandbox.view() };
  sandbox.listen((output) => stream.output(output));
  new ViewFeed(() => sandbox.view(), stream).start();
  return { ...result, ...report };
}

export const host: Omit<SimulationApi, 'open'> & { open: typeof open } = {
  open,
  input: async (input) => current().session.input(input),
  setPace: async (pace) => current().session.setPace(pace),
  step: async () => current().session.step(),
  ping: async () => outside.wallMs(),
  object: async (...wanted) => current().sandbox.reader.object(...wanted),
  objects: async (...wanted) => current().sandbox.reader.objects(...wanted),
  file: async (name, path) => current().sandbox.reader.file(name, path),
  check: async (step, answers) => (await current().lesson?.check(step, answers)) ?? { step, passed: false, checks: [] },
  close: async () => opened?.session.stop(),
  exportFile: async () => {
    const { session, store } = current();
    await session.flush();
    const stored = await store.load(session.id);
    return stored === undefined ? { unavailable: 'nothing is stored' } : { name: `${session.id}.drydock`, bytes: writeSandboxFile(stored) };
  },
  importFile: async (id, bytes) => {
    const read = readSandboxFile(id, bytes);
    if ('message' in read) return { ok: false, message: read.message };
    await current().session.stop();
    await current().store.create(read);
    return { ok: true, topology: read.identity.topology };
  },
  reset: async (id) => {
    await opened?.session.stop();
    await (opened?.store ?? (await openStore()).store).remove(id);
  },
};
