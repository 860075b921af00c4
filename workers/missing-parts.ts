/**
 * Programs and parts of the engine load when they are first needed. A server that cannot be reached then does not bring them,
 * and what asked for them waits: a world must not depend on that, so the page is told, which has to be opened again.
 */
import type { PageStream } from './page-stream.ts';

/** What Chromium, Firefox and Safari call an import() whose file did not come. */
const LOAD_FAILURE = /dynamically imported module|importing a module script failed/i;

export const isLoadFailure = (reason: unknown): boolean =>
  reason instanceof TypeError && LOAD_FAILURE.test(reason.message);

export function tellMissingParts(stream: Pick<PageStream, 'tell'>): void {
  addEventListener('unhandledrejection', (event) => {
    if (!isLoadFailure(event.reason)) return;
    event.preventDefault();
    stream.tell({ partMissing: true });
  });
}
