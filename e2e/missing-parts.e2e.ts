/// <reference lib="dom" />
/** Parts of the page that a server does not bring: what is said, and that a reload goes on. */
import { expect, openWorld, test, waitForPrompt } from './support.ts';

const NOT_LOADED = 'console: Failed to load resource: net::ERR_FAILED';

test('a dialog that cannot be downloaded is told, and opens after a reload', async ({ page, complaints }) => {
  await page.route('**/assets/Dialogs-*.js', (route) => route.abort());
  await openWorld(page, '#/sandbox/docker-1');
  await page.getByRole('button', { name: 'Help' }).click();
  const notice = page.locator('.notice').filter({ hasText: 'could not be downloaded' });
  await expect(notice).toBeVisible();
  expect(new Set(complaints.splice(0))).toEqual(new Set([NOT_LOADED]));
  await page.unroute('**/assets/Dialogs-*.js');
  await notice.getByRole('button', { name: 'Reload the page' }).click();
  await waitForPrompt(page);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
});

test('an editor that cannot be downloaded leaves a plain one, in which nothing is lost', async ({
  page,
  complaints,
}) => {
  await page.route('**/assets/monaco-*.js', (route) => route.abort());
  await openWorld(page, '#/sandbox/docker-1');
  await page.getByRole('button', { name: 'New YAML file' }).click();
  await expect(page.getByText('The plain one is used instead.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Editor, manifest.yaml' }).fill('kind: Pod');
  await expect(page.locator('.notice').filter({ hasText: 'could not be downloaded' })).toBeVisible();
  expect(new Set(complaints.splice(0))).toEqual(new Set([NOT_LOADED]));
  await page.unroute('**/assets/monaco-*.js');
  await page.waitForFunction(() => localStorage.getItem('drydock.files.sandbox-docker-1')?.includes('kind: Pod'));
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('tab', { name: 'manifest.yaml' }).click();
  await expect(page.getByTestId('editor')).toContainText('kind: Pod');
});

test('without its own code the page says so in both languages', async ({ page, complaints }) => {
  await page.route('**/assets/page-*.js', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByText(/내려받지 못했어요[\s\S]*could not be downloaded/)).toBeVisible();
  expect(new Set(complaints.splice(0))).toEqual(new Set([NOT_LOADED]));
  await page.unroute('**/assets/page-*.js');
  await page.getByRole('button', { name: 'Reload' }).click();
  await waitForPrompt(page);
});
