/** What a person sees when the browser refuses something, or when Drydock itself is at fault. */
import {
  beforeWorker,
  expect,
  openWorld,
  pasteText,
  reachWorkers,
  replaceProgram,
  terminalOf,
  test,
  typeLine,
  waitForPrompt,
  waitUntilSaved,
} from './support.ts';

const WITHOUT_LOCKS = "Object.defineProperty(navigator,'locks',{value:undefined});";

test('without Web Locks a second tab follows all the same, takes over, and comes after a tab that is closed', async ({
  context,
  page,
}) => {
  await context.addInitScript(WITHOUT_LOCKS);
  await beforeWorker(context, WITHOUT_LOCKS);
  await openWorld(page);
  await typeLine(page, 'echo first-tab');
  await waitUntilSaved(page);

  const second = await context.newPage();
  await second.goto('/#/sandbox/kubeadm-3');
  await expect(second.getByText('open in another tab')).toBeVisible();
  await expect(terminalOf(second)).toContainText('first-tab');
  await second.getByRole('button', { name: 'Use it here' }).click();
  await expect(page.getByText('open in another tab')).toBeVisible();
  await expect(second.getByText('open in another tab')).toBeHidden();
  await waitForPrompt(second);
  await typeLine(second, 'echo second""-tab');
  await expect(terminalOf(second)).toContainText('second-tab');
  await waitUntilSaved(second);

  await second.close();
  await expect(page.getByText('open in another tab')).toBeHidden();
  await typeLine(page, 'echo back""-again');
  await expect(terminalOf(page)).toContainText(/second-tab[\s\S]*back-again/);
});

test('an input that kills the engine is set aside, and the state before it opens', async ({ page }) => {
  // It kills only after its input is saved, and so kills again after every opening.
  await replaceProgram(page, 'ethtool', 'process.sleep(600_000).then(() => close())');
  await openWorld(page);
  await typeLine(page, 'echo kept > /root/kept');
  await waitUntilSaved(page);
  await typeLine(page, 'ethtool eth0');
  await expect(page.getByText(/stopped the simulation twice. It was set aside/)).toBeVisible({ timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  expect((await download).suggestedFilename()).toBe('drydock-report.json');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+U');
  await typeLine(page, 'clear; cat /root/kept; echo go""es on');
  await expect(terminalOf(page)).toContainText(/kept\s*goes on/);
});

test('a program that hangs through a mistake of its own is named', async ({ page }) => {
  await replaceProgram(page, 'ethtool', 'new Promise(() => {})');
  await openWorld(page);
  await typeLine(page, 'ethtool eth0');
  await expect(page.getByText(/hangs through a mistake of Drydock: control-plane: ethtool \(pid \d+\)/)).toBeVisible();
  await page.keyboard.press('Control+C');
  await typeLine(page, 'echo go""es on');
  await expect(terminalOf(page)).toContainText('goes on');
});

test('a full disk is said at once, what was typed meanwhile is kept when there is room again', async ({ page }) => {
  const tell = await reachWorkers(page);
  await beforeWorker(
    page,
    `let full=false;addEventListener('message',({data})=>{if('full' in data)full=data.full});
     const put=IDBObjectStore.prototype.put;
     IDBObjectStore.prototype.put=function(...given){if(full)throw new DOMException('','QuotaExceededError');return put.apply(this,given)};`,
  );
  await openWorld(page);
  await waitUntilSaved(page);
  await tell({ full: true });
  await typeLine(page, 'echo typed-without-room > /root/note');
  await expect(page.getByText(/could not be stored \(QuotaExceededError\)/)).toBeVisible();
  await expect(page.getByTestId('saved')).toHaveText('not saved');
  await tell({ full: false });
  await expect(page.getByText(/could not be stored/)).toBeHidden();
  await waitUntilSaved(page);

  await page.reload();
  await waitForPrompt(page);
  await typeLine(page, 'clear; cat /root/note');
  await expect(terminalOf(page)).toContainText('typed-without-room');
});

test('a binary that is pasted is named for what it is, and harms nothing', async ({ page }) => {
  await openWorld(page);
  await page.locator('.xterm-helper-textarea').focus();
  const binary = Array.from({ length: 512 }, (_, index) => String.fromCharCode((index * 7) % 256)).join('');
  await pasteText(page, binary);
  await expect(page.getByText(/control characters or binary data \(\d+\)/)).toBeVisible();
  await page.getByRole('button', { name: 'Paste as it is' }).click();
  await page.keyboard.press('Control+C');
  await typeLine(page, 'clear; echo al""ive');
  await expect(terminalOf(page)).toContainText('alive');
});

test('a program that cannot be downloaded waits, says so, and goes on after a reload', async ({ page }) => {
  await page.route('**/assets/awk-*.js', (route) => route.abort());
  await openWorld(page, '#/sandbox/docker-1');
  await typeLine(page, `clear; awk 'BEGIN { print 6 * 7 "!" }'`);
  const notice = page.locator('.notice').filter({ hasText: 'could not be downloaded' });
  await expect(notice).toBeVisible();
  await waitUntilSaved(page);
  await page.unroute('**/assets/awk-*.js');
  await notice.getByRole('button', { name: 'Reload the page' }).click();
  await expect(terminalOf(page)).toContainText('42!', { timeout: 20_000 });
});
