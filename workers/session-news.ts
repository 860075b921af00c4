/** What the page has to hear of a session: what is saved, its pace, and what went wrong. */
import type { DrydockSandbox } from '../src/engine/drydock-sandbox.ts';
import type { Session } from '../src/engine/session.ts';
import type { PageStream } from './page-stream.ts';

export function streamNews(session: Session, sandbox: DrydockSandbox, stream: PageStream): void {
  session.on((event) => {
    if (event.type === 'saved') stream.tell({ saved: event.seq });
    else if (event.type === 'save-failed') stream.tell({ saveFailed: event.message });
    else if (event.type === 'pace') stream.tell({ pace: event.pace, lagging: event.lagging });
    else stream.tell({ stopped: event.message });
  });
  stream.tell({ saved: session.seq });
  // A program that awaits nothing of the world is a mistake of Drydock.
  const tellStuck = (): void => {
    const stuck = sandbox.stuckPrograms();
    if (stuck.length > 0) stream.tell({ stuck });
  };
  sandbox.simulation.trace.subscribe(({ type }) => {
    if (type === 'process.stuck') tellStuck();
  });
  tellStuck();
}
