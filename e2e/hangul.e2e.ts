import type { CDPSession, Page } from '@playwright/test';
import { expect, openWorld, pasteText, terminalOf, test, typeLine } from './support.ts';

/** Composes one syllable as an input method does: step by step, then committed. */
async function compose(session: CDPSession, steps: readonly string[]): Promise<void> {
  for (const text of steps)
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: steps.at(-1) ?? '' });
}

const SYLLABLES = [
  ['ㅇ', '아', '안'],
  ['ㄴ', '녀', '녕'],
  ['ㅎ', '하'],
  ['ㅅ', '세'],
  ['ㅇ', '요'],
] as const;

async function typeHello(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.locator('.xterm-helper-textarea').focus();
  for (const steps of SYLLABLES) await compose(session, steps);
}

test('composed Hangul arrives whole, and Backspace removes one syllable', async ({ page }) => {
  await openWorld(page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('echo [');
  await typeHello(page);
  await page.keyboard.press('Backspace');
  await page.keyboard.type(']x > /root/hello; cat /root/hello');
  await page.keyboard.press('Enter');
  await expect(terminalOf(page)).toContainText(/\n?\[안녕하세\]x/);
  await typeLine(page, 'clear; wc -c < /root/hello');
  // Four syllables of three bytes, two brackets, x and the line's end.
  await expect(terminalOf(page)).toContainText('16');
});

test('a command typed with Hangul left on is answered by bash, and quietly offered in Latin', async ({ page }) => {
  await openWorld(page);
  const session = await page.context().newCDPSession(page);
  await page.locator('.xterm-helper-textarea').focus();
  for (const jamo of ['ㅣ', 'ㄴ']) await compose(session, [jamo]);
  await page.keyboard.press('Enter');
  await expect(terminalOf(page)).toContainText('command not found');
  await expect(page.getByText('Did you mean ls')).toBeVisible();
  await page.getByRole('button', { name: 'Retype it' }).click();
  await page.keyboard.type(' /');
  await page.keyboard.press('Enter');
  await expect(terminalOf(page)).toContainText('etc');
});

test('what looks wrong in a paste is named and offered corrected', async ({ page }) => {
  await openWorld(page);
  await page.locator('.xterm-helper-textarea').focus();
  await pasteText(page, 'echo\u00a0“a–b”');
  await expect(page.getByText('curly quotes (2)')).toBeVisible();
  await page.getByRole('button', { name: 'Paste corrected' }).click();
  await page.keyboard.press('Enter');
  await expect(terminalOf(page)).toContainText('a-b');
});
