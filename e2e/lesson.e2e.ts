import { expect, openWorld, seriousViolations, terminalOf, test, typeLine } from './support.ts';

test.use({ locale: 'ko-KR' });

test('lesson 41 in Korean: a wrong answer is recognised, the typed solution passes every step', async ({ page }) => {
  test.setTimeout(180_000);
  await openWorld(page, '#/lesson/41-clusterip-and-endpointslice');
  const lesson = page.getByTestId('lesson');
  const check = page.getByRole('button', { name: '확인하기' });
  const next = page.getByRole('button', { name: '다음 단계' });
  await page.getByRole('button', { name: '시작하기' }).click();

  await page.getByRole('radio', { name: /nginx 파드가 실행되고 있지/ }).check();
  await check.click();
  await expect(page.getByTestId('check-result')).toHaveAttribute('data-feedback', 'fb.no-pods');
  await page.getByRole('radio', { name: /이어진 파드가 없어서/ }).check();
  await check.click();
  await expect(page.getByTestId('passed')).toBeVisible();
  await next.click();

  await check.click();
  await expect(page.getByTestId('check-result')).toHaveAttribute('data-feedback', 'fb.unchanged');
  expect(await seriousViolations(page)).toEqual([]);
  await typeLine(page, 'kubectl set selector service web app=web');
  await expect(terminalOf(page)).toContainText('service/web selector updated');
  await expect(page.locator('[data-testid=cluster-map] .line')).toHaveCount(3);
  await check.click();
  await expect(page.getByTestId('passed')).toBeVisible();
  await next.click();

  await typeLine(page, `kubectl patch service web -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'`);
  await expect(terminalOf(page)).toContainText('service/web patched');
  await check.click();
  await expect(page.getByTestId('passed')).toBeVisible({ timeout: 20_000 });
  await next.click();

  await page.getByRole('radio', { name: /다섯 개/ }).check();
  await typeLine(page, 'kubectl scale deployment web --replicas=5');
  await expect(page.locator('[data-testid=cluster-map] .line')).toHaveCount(5, { timeout: 30_000 });
  await check.click();
  await expect(page.getByTestId('passed')).toBeVisible();
  await page.getByRole('button', { name: '돌아보기' }).click();
  await expect(lesson).toContainText('수업을 마쳤어요');
  await page.getByRole('link', { name: '강의 목록으로' }).click();
  await expect(page.getByText('4단계 중 4단계')).toBeVisible();
});
