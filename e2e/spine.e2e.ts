import {
  expect,
  openWorld,
  seriousViolations,
  terminalOf,
  test,
  typeLine,
  waitForPrompt,
  waitUntilSaved,
  writeYaml,
} from './support.ts';

const pods = '[data-testid=cluster-map] [data-pod]';

test('a deployment typed in the terminal appears as three pods on the map, and is there after a reload', async ({
  page,
}) => {
  await openWorld(page);
  await typeLine(page, 'kubectl create deployment web --image=nginx --replicas=3');
  await expect(terminalOf(page)).toContainText('deployment.apps/web created');
  await expect(page.locator(`${pods}[data-pod^=web-]`)).toHaveCount(3);
  await expect(page.locator(`${pods}[data-shape=running]`)).toHaveCount(3, { timeout: 30_000 });
  await typeLine(page, 'echo remembered > /root/note; kubectl expose deployment web --port=80');
  await expect(terminalOf(page)).toContainText('service/web exposed');
  await waitUntilSaved(page);

  await page.reload();
  await waitForPrompt(page);
  await expect(page.locator(`${pods}[data-shape=running]`)).toHaveCount(3);
  await expect(terminalOf(page)).toContainText('deployment.apps/web created');
  await typeLine(page, 'clear; cat /root/note; kubectl get service web -o name');
  await expect(terminalOf(page)).toContainText(/remembered\s*service\/web/);
});

const manifest = (replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: nginx, image: "nginx:1.27"}]}
`;

test('the editor shows a schema error first, then what would change, then applies', async ({ page }) => {
  await openWorld(page);
  await writeYaml(page, manifest('two'));
  await expect(page.getByTestId('problem-count')).toHaveText(/^1 /, { timeout: 20_000 });
  await expect(page.getByText('Incorrect type. Expected "integer".').first()).toBeVisible();

  await writeYaml(page, manifest('2'));
  await expect(page.getByTestId('problem-count')).toHaveText(/No problems|문제가 없어요/);
  await page.getByRole('button', { name: 'Diff', exact: true }).click();
  await expect(page.getByTestId('apply-results')).toContainText('deployment.apps/shop would be created');
  await expect(page.getByTestId('diff')).toContainText('replicas: 2');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByTestId('apply-results')).toContainText('deployment.apps/shop created');
  await expect(page.locator(`${pods}[data-pod^=shop-]`)).toHaveCount(2);

  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByTestId('apply-results')).toContainText('deployment.apps/shop');
  await expect(page.getByTestId('editor')).toContainText('replicas: 2');
});

test('code opens a file of a host in the editor, saving writes it back, a reload opens nothing anew', async ({
  page,
}) => {
  await openWorld(page);
  await typeLine(page, 'code note.txt');
  await expect(page.getByRole('tab', { name: 'note.txt', selected: true })).toBeVisible();
  await page.getByTestId('editor').locator('.view-lines').click();
  await page.keyboard.type('from-the-editor');
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Saved: control-plane:/root/note.txt')).toBeVisible();
  await page.getByRole('tab', { name: 'note.txt', selected: true }).press('Delete');
  await typeLine(page, 'clear; cat note.txt');
  await expect(terminalOf(page)).toContainText('from-the-editor');
  await waitUntilSaved(page);
  await page.reload();
  await waitForPrompt(page);
  await typeLine(page, 'echo re""ady');
  await expect(terminalOf(page)).toContainText('ready');
  await expect(page.getByRole('tab', { name: 'note.txt' })).toHaveCount(0);
});

test('a pod that no node takes says why, in the system’s own words', async ({ page }) => {
  await openWorld(page);
  await writeYaml(
    page,
    'apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec: {containers: [{name: a, image: nginx, resources: {requests: {cpu: "64"}}}]}\n',
  );
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByRole('button', { name: /1 Pending/ }).click();
  await expect(page.getByTestId('details')).toContainText('Insufficient cpu');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByTestId('world-table')).toContainText('big');
});

test('language and theme switch at once and are remembered; nothing serious for axe', async ({ page }) => {
  await openWorld(page);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: '한국어로 바꾸기' }).click();
  await expect(page.getByRole('link', { name: '쿠버네티스 실습장' })).toBeVisible();
  await page.getByRole('button', { name: '어두운 화면으로' }).click();
  await expect(page.locator('html')).toHaveClass(/dark/);
  expect(await seriousViolations(page)).toEqual([]);
  await page.reload();
  await waitForPrompt(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.getByRole('link', { name: '강의', exact: true }).click();
  await expect(page.getByRole('heading', { name: '강의', level: 2 })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
});

test('time stands still when paused, and moves by one event', async ({ page }) => {
  await openWorld(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  const clock = page.locator('time');
  // The status bar counts the seconds of the wall: they pass while the world's own do not.
  const saved = page.getByTestId('saved');
  await expect(saved).toHaveText(/^saved [3-9] s ago$/);
  const still = await clock.textContent();
  await expect(saved).toHaveText(/^saved 1\d s ago$/);
  expect(await clock.textContent()).toBe(still);
  await page.getByRole('button', { name: 'Run one event' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(clock).not.toHaveText(still ?? '');
});
