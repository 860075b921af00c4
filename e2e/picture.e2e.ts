/** The picture by keyboard alone: its parts, their details, and back. */
import { expect, openWorld, test, typeLine } from './support.ts';

test('the details of a pod open and close by keyboard, and the keyboard stays at the pod', async ({ page }) => {
  await openWorld(page);
  await typeLine(page, 'kubectl create deployment web --image=nginx --replicas=3');
  await expect(page.locator('[data-pod^=web-][data-shape=running]')).toHaveCount(3);
  await page.getByTestId('cluster-map').getByRole('button').first().focus();
  await page.keyboard.press('End');
  const pod = page.locator('[data-pod]:focus');
  await expect(pod).toHaveCount(1);
  const name = (await pod.getAttribute('data-pod')) ?? '';
  await page.keyboard.press('Enter');
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details.getByRole('heading')).toHaveText(`pod/${name}`);
  await expect(page.locator(`[data-pod="${name}"]`)).toBeFocused();
  await expect(page.locator(`[data-pod="${name}"]`)).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(details.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(page.locator(`[data-pod="${name}"]`)).toBeFocused();
});
