/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  beforeWorker,
  expect,
  openSandboxFile,
  openWorld,
  pasteText,
  reachWorkers,
  terminalOf,
  test,
  typeLine,
  waitForPrompt,
  waitUntilSaved,
} from './support.ts';

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
  const tell = await reachWorkers(page);
  await beforeWorker(page, 'addEventListener("message",({data})=>{if(data.hang===true)for(;;);});');
  await openWorld(page);
  await typeLine(page, 'echo kept-over > /root/before');
  await waitUntilSaved(page);
  await tell({ hang: true });
  await expect(page.getByText(/had to be started again/)).toBeVisible({ timeout: 15_000 });
  await typeLine(page, 'clear; cat /root/before');
  await expect(terminalOf(page)).toContainText('kept-over');
});

test('a paste of ten megabytes goes in pieces, shows how far it is, and can be stopped', async ({ page }) => {
  await openWorld(page);
  await typeLine(page, 'echo ready; cat > /dev/null');
  await expect(terminalOf(page)).toContainText(/ready[\s\S]*ready/);
  await page.locator('.xterm-helper-textarea').focus();
  await pasteText(page, `${'x'.repeat(99)}\n`.repeat(100_000));
  await expect(page.getByText(/^Pasting… [1-9]\d?%/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Pasting…/)).toBeHidden();
  await page.keyboard.press('Control+C');
  await typeLine(page, 'clear; echo al""ive');
  await expect(terminalOf(page)).toContainText('alive', { timeout: 30_000 });
});

test('without storage the page works, and says that nothing is kept', async ({ page }) => {
  await beforeWorker(
    page,
    "Object.defineProperty(globalThis,'indexedDB',{value:{open(){throw new DOMException('refused','SecurityError')}}});",
  );
  await openWorld(page);
  await expect(page.getByText(/does not let Drydock keep anything/)).toBeVisible();
  await typeLine(page, 'echo still here');
  await expect(terminalOf(page)).toContainText(/still here[\s\S]*still here/);
});

test('a sandbox is saved to a file and opened again; a foreign file changes nothing', async ({ page }) => {
  await openWorld(page);
  await typeLine(page, 'echo from-the-file > /root/kept');
  await waitUntilSaved(page);
  const whole = await savedFile(page);
  await typeLine(page, 'rm /root/kept; echo gone');
  await waitUntilSaved(page);

  await openSandboxFile(page, 'package.json');
  await expect(page.getByText('could not be opened: it is damaged, or not a Drydock file')).toBeVisible();
  await openSandboxFile(page, {
    name: 'half.drydock',
    mimeType: 'application/octet-stream',
    buffer: whole.subarray(0, whole.length / 2),
  });
  await expect(page.getByText('could not be opened: it is damaged, or not a Drydock file')).toBeVisible();
  await openSandboxFile(page, {
    name: 'emptied.drydock',
    mimeType: 'application/octet-stream',
    buffer: withoutState(whole),
  });
  await expect(page.getByText('could not be opened: what it holds is damaged')).toBeVisible();
  await typeLine(page, 'clear; ls /root/kept; echo un""changed');
  await expect(terminalOf(page)).toContainText(/cannot access '\/root\/kept'[\s\S]*unchanged/);

  await openSandboxFile(page, { name: 'whole.drydock', mimeType: 'application/octet-stream', buffer: whole });
  await expect(page.getByText('The file is open.')).toBeVisible();
  await typeLine(page, 'clear; cat /root/kept');
  await expect(terminalOf(page)).toContainText('from-the-file');
});

/** The sandbox's file, with its state in it: the first snapshot of a new one waits for a pause. */
async function savedFile(page: Page): Promise<Buffer> {
  let file: Buffer = Buffer.alloc(0);
  await expect(async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save to file' }).click();
    file = await readFile(await (await download).path());
    expect(gunzipSync(file).includes(String.raw`{\"shapes\"`)).toBe(true);
  }).toPass();
  return file;
}

/** The file of a sandbox whose state was lost on the way. */
function withoutState(file: Buffer): Buffer {
  const emptied = JSON.parse(gunzipSync(file).toString('utf8'), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('{"shapes"') ? '{}' : value,
  ) as unknown;
  return gzipSync(JSON.stringify(emptied));
}
