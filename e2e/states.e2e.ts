/// <reference lib="dom" />
import { expect, openWorld, terminalOf, test, typeLine, waitForPrompt, waitUntilSaved } from './support.ts';

test('a second tab follows read-only, and takes over', async ({ page, context }) => {
  await openWorld(page);
  await typeLine(page, 'echo first-tab');
  await waitUntilSaved(page);
  const second = await context.newPage();
  await second.goto('/#/sandbox/kubeadm-3');
  await expect(second.getByText('open in another tab')).toBeVisible();
  await expect(terminalOf(second)).toContainText('first-tab');
  await typeLine(page, 'kubectl create deployment seen --image=nginx');
  await expect(second.locator('[data-pod^=seen-]')).toHaveCount(1);
  await second.getByRole('button', { name: 'Use it here' }).click();
  await expect(page.getByText('open in another tab')).toBeVisible();
  await waitForPrompt(second);
  await typeLine(second, 'echo second-tab');
  await expect(terminalOf(second)).toContainText(/second-tab[\s\S]*second-tab/);
  await expect(terminalOf(page)).toContainText('second-tab');
});

test('an engine that hangs is noticed and started again from what was saved', async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        Object.assign(window, { drydockHang: () => this.postMessage({ hang: true }) });
      }
    };
  });
  await page.route('**/simulation.worker-*.js', async (route) => {
    const response = await route.fetch();
    const hang = 'addEventListener("message",({data})=>{if(data.hang===true)for(;;);});';
    await route.fulfill({ response, body: hang + (await response.text()) });
  });
  await openWorld(page);
  await typeLine(page, 'echo kept-over > /root/before');
  await waitUntilSaved(page);
  await page.evaluate('drydockHang()');
  await expect(page.getByText(/had to be started again/)).toBeVisible({ timeout: 15_000 });
  await typeLine(page, 'clear; cat /root/before');
  await expect(terminalOf(page)).toContainText('kept-over');
});

test('a paste of ten megabytes goes in pieces, shows how far it is, and can be stopped', async ({ page }) => {
  await openWorld(page);
  await typeLine(page, 'echo ready; cat > /dev/null');
  await expect(terminalOf(page)).toContainText(/ready[\s\S]*ready/);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', `${'x'.repeat(99)}\n`.repeat(100_000));
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByText(/^Pasting… [1-9]\d?%/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Pasting…/)).toBeHidden();
  await page.keyboard.press('Control+C');
  await typeLine(page, 'clear; echo al""ive');
  await expect(terminalOf(page)).toContainText('alive', { timeout: 30_000 });
});

test('without storage the page works, and says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  // The worker has its own globals: its database is refused by the browser itself.
  await page.route('**/simulation.worker-*.js', async (route) => {
    const response = await route.fetch();
    const refused =
      "Object.defineProperty(globalThis,'indexedDB',{value:{open(){throw new DOMException('refused','SecurityError')}}});";
    await route.fulfill({ response, body: refused + (await response.text()) });
  });
  await openWorld(page);
  await expect(page.getByText(/does not let Drydock keep anything/)).toBeVisible();
  await typeLine(page, 'echo still here');
  await expect(terminalOf(page)).toContainText(/still here[\s\S]*still here/);
});

test('a sandbox is saved to a file and opened again; a foreign file changes nothing', async ({ page }) => {
  await openWorld(page);
  await typeLine(page, 'echo from-the-file > /root/kept');
  await waitUntilSaved(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to file' }).click();
  const file = await (await download).path();
  await typeLine(page, 'rm /root/kept; echo gone');
  await waitUntilSaved(page);

  const choose = async (path: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open file' }).click();
    await (await chooser).setFiles(path);
    await page.getByRole('button', { name: 'Replace' }).click();
  };
  await choose('package.json');
  await expect(page.getByText(/could not be opened/)).toBeVisible();
  await choose(file);
  await expect(page.getByText('The file is open.')).toBeVisible();
  await typeLine(page, 'clear; cat /root/kept');
  await expect(terminalOf(page)).toContainText('from-the-file');
});
