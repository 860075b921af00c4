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
  await typeLine(page, 'echo kept > /root/kept');
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
  await expect(terminalOf(page)).toContainText(/kept[\s\S]*kept/);
});
