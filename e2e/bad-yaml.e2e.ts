/// <reference lib="dom" />
/** YAML as it comes from a chat or a document: what the editor marks, and what the API server answers to Apply. */
import type { Page } from '@playwright/test';
import { expect, openWorld, test, writeYaml } from './support.ts';

const deployment = (name: string, replicas = '  replicas: 1') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: nginx, image: nginx}]}
`;

async function applied(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  const rows = page.getByTestId('apply-results').getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  return (await rows.allTextContents()).map((row) => row.replace(/\s+/g, ' ').trim());
}

test.describe('Apply refuses with the words of the API server, and the editor marks the place first', () => {
  const cases = [
    {
      given: 'a tab',
      text: deployment('web', '\treplicas: 1'),
      marked: 'line 6: Tabs are not allowed as indentation',
      answer: ['▲ #1 refused yaml: line 6: found character that cannot start any token'],
    },
    {
      given: 'a key twice',
      text: deployment('web', '  replicas: 1\n  replicas: 2'),
      marked: 'line 7: Map keys must be unique',
      answer: ['▲ #1 refused yaml: unmarshal errors: line 7: key "replicas" already set in map'],
    },
    {
      given: 'a field that does not exist',
      text: deployment('web', '  replicas: 1\n  replica: 2'),
      marked: 'line 7: Property replica is not allowed.',
      answer: [
        '▲ deployment.apps/web refused Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
      ],
    },
    {
      given: 'several documents, one bad',
      text: [deployment('one'), deployment('two', '  replicas: [1]'), deployment('three')].join('---\n'),
      marked: 'line 17: Incorrect type. Expected "integer".',
      answer: [
        '✓ deployment.apps/one created',
        '▲ deployment.apps/two refused Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal array into Go struct field DeploymentSpec.spec.replicas of type int32',
        '✓ deployment.apps/three created',
      ],
    },
  ];
  for (const { given, text, marked, answer } of cases)
    test(given, async ({ page }) => {
      await openWorld(page);
      await writeYaml(page, text);
      await expect(page.getByRole('button', { name: marked })).toBeVisible();
      expect(await applied(page)).toEqual(answer);
    });
});

test('no-break spaces are named, and made plain when asked', async ({ page }) => {
  await openWorld(page);
  await writeYaml(page, deployment('web', '\u00a0\u00a0replicas:\u00a01'));
  await expect(page.getByText('3 special spaces are in this text')).toBeVisible();
  await page.getByRole('button', { name: 'Make them plain spaces' }).click();
  await expect(page.getByTestId('problem-count')).toHaveText('No problems found');
  expect(await applied(page)).toEqual(['✓ deployment.apps/web created']);
});

test('a text too large to be kept says so, and the other files are kept', async ({ page }) => {
  await openWorld(page);
  await writeYaml(page, '# small');
  await page.getByRole('button', { name: 'New YAML file' }).click();
  await expect(page.getByRole('tab', { name: 'manifest-2.yaml', selected: true })).toBeVisible();
  await writeYaml(page, `# large\n${'x: y\n'.repeat(100_000)}`);
  await expect(page.getByText('too large to be kept')).toBeVisible();
  await page.waitForFunction(() => localStorage.getItem('drydock.files.sandbox-kubeadm-3')?.includes('# small'));
  await page.reload();
  await expect(page.getByRole('tab', { name: 'manifest.yaml' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'manifest-2.yaml' })).toHaveCount(0);
});
