/// <reference lib="dom" />
import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { type Keystroke, installStopwatch } from './stopwatch.ts';

interface Limit {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  readonly limit: number;
}
export interface PageRow {
  readonly limits: readonly Limit[];
  /** One figure for each limit. */
  measure(browser: Browser, origin: string): Promise<readonly number[]>;
}

const KEYS = 200;
const PATIENCE = { timeout: 60_000 };
/** Two hours at 100×, with a little more for what comes before. */
const TWO_HOURS_MS = 73_000;

export const rows: readonly PageRow[] = [
  {
    limits: [{ name: 'cold-to-kubectl-get-pods', unit: 'ms', limit: 1500 }],
    measure: async (browser, origin) => {
      const page = await browser.newPage();
      await page.goto(origin);
      await prompt(page);
      await page.keyboard.type('kubectl get pods\r');
      await terminalHas(page, 'No resources found');
      return [await page.evaluate(() => performance.now())];
    },
  },
  {
    limits: [
      { name: 'keydown-to-echo-p95', unit: 'ms', limit: 16 },
      { name: 'keydown-to-painted-p95', unit: 'ms', limit: 50 },
    ],
    measure: async (browser, origin) => {
      const page = await browser.newPage();
      await page.addInitScript(installStopwatch);
      await page.goto(origin);
      await prompt(page);
      for (let key = 0; key < KEYS; key += 1) {
        await page.keyboard.press('abcdefghij'.charAt(key % 10));
        await page.waitForTimeout(40);
        if (key % 40 === 39) await page.keyboard.press('Control+U');
      }
      const strokes = await page.evaluate<readonly Keystroke[]>('drydockKeystrokes');
      return [p95(strokes.map(({ echoMs }) => echoMs)), p95(strokes.map(({ paintedMs }) => paintedMs))];
    },
  },
  {
    limits: [{ name: 'reload-after-two-simulated-hours', unit: 'ms', limit: 1000 }],
    measure: async (browser, origin) => {
      const page = await browser.newPage();
      await page.goto(origin);
      await prompt(page);
      await page.keyboard.type(
        'kubectl create deployment web --image=nginx --replicas=3; kubectl expose deployment web --port=80\r',
      );
      await terminalHas(page, 'service/web exposed');
      await page.getByLabel('Speed').selectOption('100');
      await page.waitForTimeout(TWO_HOURS_MS);
      await page.getByLabel('Speed').selectOption('1');
      await page.reload();
      await terminalHas(page, 'service/web exposed');
      await page.waitForFunction(() => document.querySelectorAll('[data-shape=running][data-pod^=web]').length === 3);
      return [await page.evaluate(() => performance.now())];
    },
  },
  {
    limits: [{ name: 'memory-of-a-tab', unit: 'MB', limit: 350 }],
    measure: async (browser, origin) => {
      const page = await browser.newPage();
      await page.goto(origin);
      await prompt(page);
      await page.keyboard.type('kubectl create deployment web --image=nginx --replicas=3\r');
      await page.getByRole('button', { name: 'New terminal' }).click();
      await page.getByRole('menuitem', { name: 'Terminal on worker-1' }).click();
      await terminalHas(page, 'root@worker-1');
      await page.getByRole('button', { name: 'New YAML file' }).click();
      await page.locator('.monaco-editor .view-lines').first().click(PATIENCE);
      await page.keyboard.type('apiVersion: v1\nkind: Pod\n');
      await page.getByTestId('problem-count').waitFor(PATIENCE);
      await page.waitForTimeout(5000);
      return [await footprint(browser)];
    },
  },
];

async function prompt(page: Page): Promise<void> {
  await terminalHas(page, '# ');
  await page.locator('.xterm-helper-textarea').last().focus();
}

async function terminalHas(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLElement>('[data-testid=terminal] .xterm-rows')?.innerText.includes(wanted),
    text,
    PATIENCE,
  );
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** What Chromium's task manager calls a tab's memory footprint: the renderer's own memory, in MB. */
async function footprint(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id));
  return Math.max(...sizes) / 1024;
}

/** KiB. */
function ownMemory(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return field('RssAnon') + field('VmSwap');
}
