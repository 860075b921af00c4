/** Parts of the page that must not slip out of sight, and what it says of itself. */
import { expect, openWorld, terminalOf, test, typeLine } from './support.ts';

test('what is typed while time stands still is explained, and runs when it goes on', async ({ page }) => {
  await openWorld(page, '#/sandbox/docker-1');
  await page.getByRole('button', { name: 'Pause' }).click();
  await typeLine(page, 'clear; echo went""-on');
  const note = page.getByRole('status').filter({ hasText: 'The simulation is paused' });
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: 'Continue' }).click();
  await expect(note).toBeHidden();
  await expect(terminalOf(page)).toContainText('went-on');
});

test('on a telephone everything of the bar is within the page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await openWorld(page);
  for (const button of await page.locator('header').getByRole('button').all())
    if (await button.isVisible()) await expect(button).toBeInViewport({ ratio: 1 });
  await expect(page.locator('header').getByRole('button', { name: 'Commands' })).toBeInViewport({ ratio: 1 });
});

test('the arrow keys keep the chosen command in sight', async ({ page }) => {
  await openWorld(page, '#/sandbox/docker-1');
  await page.getByRole('button', { name: 'Commands' }).click();
  const list = page.getByRole('listbox');
  await expect(list.getByRole('option').first()).toBeVisible();
  const count = await list.getByRole('option').count();
  for (let at = 1; at < count; at += 1) await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveText('Help');
  await expect(list.getByRole('option', { selected: true })).toBeInViewport({ ratio: 1 });
});

test('the tab in front is in sight, however many there are', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await openWorld(page);
  for (let files = 0; files < 6; files += 1) await page.getByRole('button', { name: 'New YAML file' }).click();
  await expect(page.getByRole('tab', { name: 'manifest-6.yaml' })).toBeInViewport({ ratio: 1 });
});

test('a hint comes into sight and has the focus; so has the text of the next step', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await openWorld(page, '#/lesson/36-labels-and-replicaset');
  const lesson = page.getByTestId('lesson');
  await lesson.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(lesson.getByRole('region')).toBeFocused();
  await lesson.getByRole('button', { name: 'Check' }).press('Enter');
  await expect(page.getByTestId('check-result')).toBeVisible();
  await lesson.getByRole('button', { name: /^Hint/ }).press('Enter');
  const hint = lesson.locator('.hint');
  await expect(hint).toBeFocused();
  await expect(hint).toBeInViewport({ ratio: 0.9 });
});

test('Enter after a word that is complete is a new line, also while it is still offered', async ({ page }) => {
  await openWorld(page);
  await page.getByRole('button', { name: 'New YAML file' }).click();
  const editor = page.getByTestId('editor');
  await editor.locator('.view-lines').click();
  await page.keyboard.type('apiVersion: apps/v1');
  await expect(page.locator('.suggest-widget.visible')).toContainText('apps/v1');
  await page.keyboard.press('Enter');
  await page.keyboard.type('kind: x');
  await expect(editor.locator('.view-line')).toHaveText(['apiVersion: apps/v1', /^kind:\sx$/]);
});
