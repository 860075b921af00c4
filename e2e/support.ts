/// <reference lib="dom" />
/** What every end-to-end test stands on: a page that may not complain, and ways to type, read and wait. */
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, type Locator, type Page, test as base, expect } from '@playwright/test';

/** Fails a test when the page logs an error, throws, or breaks its Content-Security-Policy. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`error: ${error.stack ?? error.message}`));
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          console.error(`CSP violation: ${violatedDirective} ${blockedURI}`);
        });
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

export const terminalOf = (page: Page): Locator => page.getByTestId('terminal');

/** Opens a place in the page and waits for a shell's prompt. */
export async function openWorld(page: Page, hash = '#/sandbox/kubeadm-3'): Promise<void> {
  await page.goto(`/${hash}`);
  await waitForPrompt(page);
}

export async function waitForPrompt(page: Page): Promise<void> {
  await expect(terminalOf(page)).toContainText(/[#$] /, { timeout: 20_000 });
}

/** Puts code before that of the simulation's worker, to make the browser there refuse what it would grant. */
export async function beforeWorker(where: Page | BrowserContext, code: string): Promise<void> {
  await where.route('**/simulation.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: code + (await response.text()) });
  });
}

/** Gives the worker another module in place of a program's that loads when it is first run. */
export async function replaceProgram(page: Page, name: string, run: string): Promise<void> {
  await page.route(`**/assets/${name}-*.js`, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export const ${name} = { name: '${name}', run: (process) => ${run} };`,
    }),
  );
}

/** Sends a message to every simulation worker that the page has started, past what the page itself says to it. */
export async function reachWorkers(page: Page): Promise<(message: object) => Promise<void>> {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    window.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        workers.push(this);
      }
    };
    Object.assign(window, {
      tellWorkers: (message: object) => {
        for (const worker of workers) worker.postMessage(message);
      },
    });
  });
  return (message) => page.evaluate(`tellWorkers(${JSON.stringify(message)})`);
}

/** Types a command line and Enter into the terminal in front. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Puts a text into the focused field as a paste does. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** Opens a file in place of the sandbox, from the bar. */
export async function openSandboxFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file' }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: 'Replace' }).click();
}

/** Opens a new file in the editor and replaces its text. */
export async function writeYaml(page: Page, text: string): Promise<void> {
  const editor = page.getByTestId('editor').locator('.monaco-editor').first();
  if (!(await editor.isVisible())) {
    await page.getByRole('button', { name: /New YAML file|새 YAML 파일/ }).click();
    await editor.waitFor({ timeout: 30_000 });
  }
  await editor.locator('.view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await pasteText(page, text);
}

/** Waits until everything handed in so far is durable; answers the last input that is. */
export async function waitUntilSaved(page: Page): Promise<number> {
  const saved = page.getByTestId('saved');
  await expect(saved).toHaveAttribute('data-unsaved', 'false', { timeout: 20_000 });
  await expect(saved).toHaveText(/^saved|저장됨/, { timeout: 20_000 });
  return Number(await saved.getAttribute('data-saved'));
}

/** Serious and critical accessibility violations, as one line each. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
