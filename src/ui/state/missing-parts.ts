/**
 * Parts of the page load when they are first needed: dialogs, the editor, a lesson's text. A server that cannot be reached
 * then does not bring them, and a browser does not ask for them again before the page is opened anew.
 */
export function watchMissingParts(tell: () => void): void {
  const failed = new Set<unknown>();
  // Vite's loader says it of scripts and of style sheets alike, before whoever asked for the part hears of it.
  addEventListener('vite:preloadError', ({ payload }) => {
    failed.add(payload);
    tell();
  });
  addEventListener('unhandledrejection', (event) => {
    if (failed.has(event.reason)) event.preventDefault();
  });
}
