/** A lesson in the worker's sandbox: its inputs are logged like everybody's. */
import type { DrydockSandbox } from '../src/engine/drydock-sandbox.ts';
import type { Session } from '../src/engine/session.ts';
import { loadLesson } from '../src/lessons/catalog.ts';
import { outside } from './guard-globals.ts';
import type { Input } from '../src/protocol/simulation.ts';
import type { SandboxStore } from '../src/protocol/store.ts';
import { LessonRun } from '../src/lessons/lesson-run.ts';

/** Virtual time per wall time while a lesson's start is built. */
const PREPARING_SPEED = 100;
/** A check that has not ended by then never will, ms of wall time. */
const PATIENCE_MS = 15_000;
type Done = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Puts the lesson into a sandbox that has not booted yet. */
export async function attachLesson(
  id: string,
  sandbox: DrydockSandbox,
  hand: (input: Input) => number,
  isPaused: () => boolean,
): Promise<LessonRun | undefined> {
  const loaded = await loadLesson(id);
  if (loaded === undefined) return undefined;
  let count = 0;
  const act = (host: string, argv: readonly string[]): Promise<Done> => {
    // Under a name that no stored check has.
    const check = `${id}-${String(sandbox.simulation.loop.ran)}-${String((count += 1))}`;
    if (isPaused()) return Promise.resolve({ code: 124, stdout: '', stderr: 'the simulation is paused' });
    return new Promise((resolve) => {
      const cancel = outside.after(PATIENCE_MS, () =>
        finish({ code: 124, stdout: '', stderr: `${argv.join(' ')} does not end` }),
      );
      const stop = sandbox.listen((output) => {
        if (output.type === 'check.done' && output.check === check) finish(output);
      });
      const finish = (done: Done): void => {
        cancel();
        stop();
        resolve(done);
      };
      hand({ type: 'check', check, host, argv });
    });
  };
  const run = new LessonRun(loaded.lesson, { reader: sandbox.reader, input: (input) => void hand(input), act });
  sandbox.extend('lesson', run);
  return run;
}

/** Builds the lesson's start, faster than time passes afterwards. */
export async function prepareLesson(run: LessonRun, session: Session, store: SandboxStore): Promise<void> {
  session.setPace({ paused: false, speed: PREPARING_SPEED });
  const wrong = await run.prepare();
  session.setPace({ paused: false, speed: 1 });
  await session.flush();
  if (wrong === undefined) return;
  // Half a start is none: the next opening begins from nothing.
  await session.stop();
  await store.remove(session.id);
  throw new Error(wrong);
}
