/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { expect, openWorld, test, typeLine, waitUntilSaved } from './support.ts';

/** `npm run endurance` kills fifty times, each run of the tests as often as time allows. */
const isEndurance = process.env['DRYDOCK_ENDURANCE'] !== undefined;
const WORKER_KILLS = isEndurance ? 40 : 8;
const RENDERER_KILLS = isEndurance ? 10 : 3;

declare global {
  interface Window {
    drydockWorkers: Worker[];
  }
}

/** Keeps the page's workers in reach, to end them without a word. */
async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.drydockWorkers = [];
    window.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        window.drydockWorkers.push(this);
      }
    };
  });
}

/** Unequal moments, the same in every run. */
const momentMs = (round: number): number => (round * 37) % 400;

const command = (round: number): string => {
  const name = `c${String(round)}`;
  const before = `c${String(round - 3)}`;
  return `echo ${name} >> /root/log; kubectl create configmap ${name} --from-literal=a=b; kubectl delete configmap ${before}`;
};

/** One round: hands in a command, waits for its acknowledgement in every other one, and answers whether it had it. */
async function act(page: Page, round: number): Promise<boolean> {
  // What a kill left of the last line must not become part of this one.
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+U');
  await typeLine(page, command(round));
  if (round % 2 === 0) {
    await waitUntilSaved(page);
    return true;
  }
  await page.waitForTimeout(momentMs(round));
  return false;
}

test('nothing acknowledged is lost when the worker or the renderer is killed, again and again', async ({
  page,
  context,
}) => {
  test.setTimeout(420_000);
  const acknowledged: string[] = [];
  await watchWorkers(page);
  await openWorld(page);
  for (let round = 0; round < WORKER_KILLS; round += 1) {
    if (await act(page, round)) acknowledged.push(`c${String(round)}`);
    await page.evaluate(() => {
      window.drydockWorkers.at(-1)?.terminate();
    });
    await expect(page.getByText(/had to be started again/)).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  }
  await page.close();

  for (let round = WORKER_KILLS; round < WORKER_KILLS + RENDERER_KILLS; round += 1) {
    const doomed = await context.newPage();
    await openWorld(doomed);
    if (await act(doomed, round)) acknowledged.push(`c${String(round)}`);
    const crashed = doomed.waitForEvent('crash');
    const session = await context.newCDPSession(doomed);
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await doomed.close();
  }

  const last = await context.newPage();
  await openWorld(last);
  const text = await readLog(last);
  for (const name of acknowledged) expect(text.split(' ')).toContain(name);
  expect(text.split(' ').length).toBe(new Set(text.split(' ')).size);
});

/** The log as the editor reads it: whole, without a terminal's line breaks. */
async function readLog(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Open a file of a host' }).click();
  await page.getByLabel('Path').fill('/root/log');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const editor = page.getByTestId('editor');
  await expect(editor).toContainText('c0');
  const kept = await page.waitForFunction((place) => {
    const files = localStorage.getItem(place) ?? '';
    return files.includes('c0') ? files : undefined;
  }, 'drydock.files.sandbox-kubeadm-3');
  const [file] = JSON.parse((await kept.jsonValue()) ?? '[]') as { readonly text: string }[];
  return (file?.text ?? '').trim().split('\n').join(' ');
}
