/// <reference lib="dom" />
export interface Keystroke {
  readonly echoMs: number;
  readonly paintedMs: number;
}

/**
 * Runs in the page, before it: takes the time from a key's event to its echo in the terminal's buffer, and to the end of the
 * frame that shows it. The terminal reads what it is handed in a task of its own, so the echo counts one task after the bytes
 * have come out of the worker, or when it is drawn, if that comes first.
 */
export function installStopwatch(): void {
  const strokes: Keystroke[] = [];
  Object.assign(window, { drydockKeystrokes: strokes });
  let pressed: number | undefined;
  let cameOut = false;
  let echoMs: number | undefined;

  addEventListener(
    'keydown',
    (event) => {
      pressed = event.key.length === 1 && !event.ctrlKey ? event.timeStamp : undefined;
      cameOut = false;
      echoMs = undefined;
    },
    { capture: true },
  );

  const printed = (data: unknown): boolean =>
    typeof data === 'object' &&
    data !== null &&
    'outputs' in data &&
    Array.isArray(data.outputs) &&
    data.outputs.some((output: { readonly type: string }) => output.type === 'terminal.output');
  const channel = window.MessageChannel;
  window.MessageChannel = class extends channel {
    constructor() {
      super();
      this.port1.addEventListener('message', ({ data }) => {
        if (pressed === undefined || cameOut || !printed(data)) return;
        const since = pressed;
        cameOut = true;
        // The terminal's own task is asked for by the next listener of this event.
        setTimeout(() => setTimeout(() => (echoMs = performance.now() - since), 0), 0);
      });
    }
  };

  addEventListener('DOMContentLoaded', () => {
    new MutationObserver((changes) => {
      if (pressed === undefined || !cameOut || !changes.some(({ target }) => isInRows(target))) return;
      const since = pressed;
      const echo = echoMs ?? performance.now() - since;
      pressed = undefined;
      // Posted while a frame is made, it comes when the frame is done.
      const done = new channel();
      done.port2.onmessage = () => strokes.push({ echoMs: echo, paintedMs: performance.now() - since });
      done.port1.postMessage(undefined);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const isInRows = (node: Node): boolean =>
    (node instanceof Element ? node : node.parentElement)?.closest('.xterm-rows') !== null;
}
