/** Assembles a sandbox with its store, its session and, if it has one, its lesson. */
import type { OpenOptions, OpenResult } from '../src/protocol/page.ts';
import type { Input } from '../src/protocol/simulation.ts';
import type { SandboxStore } from '../src/protocol/store.ts';
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { DrydockSandbox } from '../src/engine/drydock-sandbox.ts';
import { loadParts } from '../src/engine/sandbox-parts.ts';
import { Session } from '../src/engine/session.ts';
import type { LessonRun } from '../src/lessons/lesson-run.ts';
import { programs } from '../src/terminal/program-table.ts';
import { engineVersion } from 'virtual:engine-version';
import { outside } from './guard-globals.ts';
import { openStore } from './open-store.ts';
import { PageStream } from './page-stream.ts';
import { tellMissingParts } from './missing-parts.ts';
import { streamNews } from './session-news.ts';
import { ViewFeed } from './view-feed.ts';
import { warmPrograms } from './warm-programs.ts';

export interface Opened {
  readonly sandbox: DrydockSandbox;
  readonly session: Session;
  readonly store: SandboxStore;
  readonly lesson: LessonRun | undefined;
  /** Hands in an input; answers its place in line. */
  readonly hand: (input: Input) => number;
}

export async function openSandbox(
  options: OpenOptions,
  port: MessagePort,
  take: (opened: Opened) => void,
): Promise<OpenResult> {
  const asked = topologyOf(options.topology);
  const [{ store, storage }] = await Promise.all([openStore(), asked === undefined ? undefined : loadParts(asked)]);
  // A file that was opened may have brought another world under this id.
  const stored = (await store.list()).find(({ id }) => id === options.id);
  const known = stored?.identity ?? options;
  const topology = topologyOf(known.topology);
  if (topology === undefined) throw new Error(`there is no topology ${known.topology}`);
  const parts = await loadParts(topology);
  if (stored !== undefined) await parts.imagePrograms.loadAll();
  warmPrograms(topology);
  const sandbox = new DrydockSandbox({ topology, seed: known.seed, programs, parts });
  // The lesson is part of the sandbox before there is a session.
  const late: { session?: Session } = {};
  let place = 0;
  const hand = (input: Input): number => {
    late.session?.input(input);
    return (place += 1);
  };
  const lessons =
    options.lesson === undefined ? undefined : { id: options.lesson, ...(await import('./lesson-world.ts')) };
  const lesson = await lessons?.attachLesson(lessons.id, sandbox, hand, () => late.session?.pace.paused ?? true);
  const identity = { topology: known.topology, seed: known.seed, engine: engineVersion };
  const surroundings = { ...outside, store };
  const { session, report: opening } = await Session.open(
    options.id,
    identity,
    sandbox,
    surroundings,
    options.blamesLast,
  );
  late.session = session;
  place = session.seq;
  take({ sandbox, session, store, lesson, hand });
  const stream = new PageStream(port);
  streamNews(session, sandbox, stream);
  tellMissingParts(stream);
  void session.run();
  if (opening.created && lesson !== undefined) await lessons?.prepareLesson(lesson, session, store);
  const result = {
    identity,
    storage,
    hosts: topology.hosts.map(({ name }) => name),
    terminals: sandbox.terminals.list(),
    view: sandbox.view(),
  };
  sandbox.listen((output) => stream.output(output));
  new ViewFeed(() => sandbox.view(), stream).start();
  const { setAside, ...report } = opening;
  if (setAside === undefined) return { ...result, ...report };
  const aside = (await store.load(options.id))?.aside.at(-1);
  return { ...result, ...report, setAside: { ...setAside, inputs: aside?.inputs ?? [] } };
}
