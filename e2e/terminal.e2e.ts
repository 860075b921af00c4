import type { Browser, Page } from '@playwright/test';
import { expect, openWorld, pasteText, terminalOf, test, typeLine } from './support.ts';

const HOST = '#/sandbox/docker-1';
/** The rows of the screen; as text they follow each other without a break. */
const screen = (page: Page) => terminalOf(page).locator('.xterm-rows');

test('vi: Hangul is composed, a line is doubled, a substitution counts, the file is written', async ({ page }) => {
  await openWorld(page, HOST);
  await typeLine(page, 'vi menu.txt');
  await expect(screen(page)).toContainText('"menu.txt" [New]');
  await page.keyboard.type('iport: 80 ');
  const session = await page.context().newCDPSession(page);
  for (const text of ['ㅎ', '하', '한'])
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: '한' });
  await expect(screen(page)).toContainText('port: 80 한');
  await page.keyboard.press('Escape');
  await page.keyboard.type('yyp:%s/80/90/');
  await page.keyboard.press('Enter');
  await expect(screen(page)).toContainText(/port: 90 한\s*port: 90 한/);
  await page.keyboard.type(':q');
  await page.keyboard.press('Enter');
  await expect(screen(page)).toContainText('E37: No write since last change (add ! to override)');
  await page.keyboard.type(':wq');
  await page.keyboard.press('Enter');
  await typeLine(page, 'clear; wc menu.txt');
  await expect(screen(page)).toContainText('2  6 26 menu.txt');
});

test('nano: text is cut and pasted, ^X asks, the file is written', async ({ page }) => {
  await openWorld(page, HOST);
  await typeLine(page, 'nano list.txt');
  await expect(screen(page)).toContainText('GNU nano 7.2');
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('ArrowUp');
  for (const key of ['Control+k', 'ArrowDown', 'Control+u', 'Control+x']) await page.keyboard.press(key);
  await expect(screen(page)).toContainText('Save modified buffer?');
  await page.keyboard.press('y');
  await expect(screen(page)).toContainText('File Name to Write: list.txt');
  await page.keyboard.press('Enter');
  await typeLine(page, 'clear; paste -sd, list.txt');
  await expect(screen(page)).toContainText('second,first');
});

test('job control: ^Z stops, jobs lists, bg goes on, fg and ^C end', async ({ page }) => {
  await openWorld(page, HOST);
  await typeLine(page, 'sleep 300');
  await page.keyboard.press('Control+z');
  await expect(screen(page)).toContainText(/\[1\]\+ {2}Stopped +sleep 300/);
  await typeLine(page, 'clear; bg; jobs');
  await expect(screen(page)).toContainText(/\[1\]\+ sleep 300 &\s*\[1\]\+ {2}Running +sleep 300 &/);
  await typeLine(page, 'clear; fg');
  await expect(screen(page)).toContainText(/^sleep 300/);
  await page.keyboard.press('Control+c');
  await typeLine(page, 'echo "status $?, $(jobs | wc -l) jobs"');
  await expect(screen(page)).toContainText('status 130, 0 jobs');
});

test('^C ends a loop that only uses the CPU, at once', async ({ page }) => {
  await openWorld(page, HOST);
  await typeLine(page, 'echo begin; while :; do :; done');
  await expect(screen(page)).toContainText(/donebegin/);
  const before = Date.now();
  await page.keyboard.press('Control+c');
  await expect(screen(page)).toContainText('^C');
  await typeLine(page, 'echo over $?');
  await expect(screen(page)).toContainText('over 130');
  expect(Date.now() - before).toBeLessThan(5_000);
});

test('Tab completes, asks before it lists much, and lists in columns', async ({ page }) => {
  await openWorld(page, HOST);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('ls /etc/host');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(screen(page)).toContainText(/hostname +hosts/);
  await page.keyboard.press('Control+u');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(screen(page)).toContainText(/Display all \d+ possibilities\? \(y or n\)/);
  await page.keyboard.press('n');
  await page.keyboard.type('docker im');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(screen(page)).toContainText(/image +images +import/);
});

test('the size of the terminal follows the window', async ({ page }) => {
  await openWorld(page, HOST);
  await typeLine(page, 'clear; echo "$(stty size) $LINES $COLUMNS ."');
  await expect(screen(page)).toContainText(/\d+ \d+ \d+ \d+ \./);
  const sizes = async (): Promise<readonly number[]> =>
    (/(\d+) (\d+) (\d+) (\d+) \./.exec((await screen(page).textContent()) ?? '') ?? []).slice(1).map(Number);
  const [rows = 0, columns = 0, lines, across] = await sizes();
  expect([lines, across]).toEqual([rows, columns]);
  await page.setViewportSize({ width: 1000, height: 600 });
  await typeLine(page, 'clear; echo "$(stty size) $LINES $COLUMNS ."');
  await expect.poll(async () => (await sizes())[1] ?? columns).toBeLessThan(columns);
  const [fewerRows, fewerColumns, newLines, newAcross] = await sizes();
  expect([newLines, newAcross]).toEqual([fewerRows, fewerColumns]);
});

/**
 * The longest that the page's thread computed without a break since, ms. Its own processor time, as the browser's tracing
 * has it: what else the machine has to do does not count.
 */
async function watchLongTasks(browser: Browser, page: Page): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    const pages = new Set(
      trace.traceEvents.filter(({ args }) => args['name'] === 'CrRendererMain').map(({ tid }) => tid),
    );
    const tasks = trace.traceEvents.filter(({ name, tid }) => name === 'RunTask' && pages.has(tid));
    expect(tasks.length).toBeGreaterThan(0);
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
  };
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** Processor time of the thread, µs. */
  readonly tdur?: number;
  readonly args: Readonly<Record<string, unknown>>;
}

test('5,000 pasted lines: progress is shown, the page stays awake, they run', async ({ browser, page }) => {
  await openWorld(page, HOST);
  await page.locator('.xterm-helper-textarea').focus();
  const longest = await watchLongTasks(browser, page);
  const text = Array.from({ length: 5_000 }, (_, at) => `echo line ${String(at)} of a long paste`).join('\n');
  await pasteText(page, `${text}\n`);
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(screen(page)).toContainText('line 4999', { timeout: 20_000 });
  await page.keyboard.press('Enter');
  await expect(screen(page)).toContainText(/line 4999 of a long pasteroot@/, { timeout: 20_000 });
  expect(await longest()).toBeLessThan(200);
});

test('^C stops a paste that is still coming in, and one whose commands are running', async ({ page }) => {
  await openWorld(page, HOST);
  await page.locator('.xterm-helper-textarea').focus();
  await pasteText(page, 'a line of a very long paste\n'.repeat(40_000));
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(page.getByRole('progressbar')).toBeHidden();
  await typeLine(page, 'clear; echo still here');
  await expect(screen(page)).toContainText(/^still here/);
  await pasteText(page, Array.from({ length: 100 }, (_, at) => `echo number ${String(at)}; sleep 1`).join('\n'));
  await page.keyboard.press('Enter');
  await expect(screen(page)).toContainText(/sleep 1number 0/);
  await page.keyboard.press('Control+c');
  await typeLine(page, 'echo "ended with $?"');
  await expect(screen(page)).toContainText('ended with 130');
});

test('copy with the keyboard after a drag and after a double click', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWorld(page, HOST);
  await typeLine(page, 'clear; echo copied-word and more');
  await expect(screen(page)).toContainText(/^copied-word and more/);
  const row = terminalOf(page).locator('.xterm-rows > div', { hasText: /^copied-word/ });
  const box = await row.boundingBox();
  if (box === null) throw new Error('the row is not drawn');
  await page.mouse.dblclick(box.x + 20, box.y + box.height / 2);
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(async () => page.evaluate(() => navigator.clipboard.readText())).toBe('copied-word');
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2);
  await page.mouse.up();
  await page.keyboard.press('Control+c');
  await expect.poll(async () => page.evaluate(() => navigator.clipboard.readText())).toBe('copied-word and more');
  await typeLine(page, 'echo $?');
  await expect(screen(page)).toContainText('$?0root@');
});
