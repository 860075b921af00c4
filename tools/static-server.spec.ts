import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStaticServer } from './static-server.ts';

let folder = '';
let server: Server;
let origin = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-web-'));
  mkdirSync(join(folder, 'web/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'web/index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'web/assets/a-1.js'), 'export {};');
  server = createStaticServer(join(folder, 'web'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test.for([
  { path: '/', status: 200, type: 'text/html; charset=utf-8', cache: 'no-cache', body: '<p>page</p>' },
  {
    path: '/assets/a-1.js?x',
    status: 200,
    type: 'text/javascript; charset=utf-8',
    cache: 'public, max-age=31536000, immutable',
    body: 'export {};',
  },
  { path: '/nothing', status: 404, type: 'text/plain; charset=utf-8', cache: null, body: 'Not Found\n' },
  { path: '/..%2fsecret.txt', status: 404, type: 'text/plain; charset=utf-8', cache: null, body: 'Not Found\n' },
  { path: '/%', status: 404, type: 'text/plain; charset=utf-8', cache: null, body: 'Not Found\n' },
])('GET $path answers $status', async ({ path, status, type, cache, body }) => {
  const response = await fetch(origin + path);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('cache-control')).toBe(cache);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(await response.text()).toBe(body);
});

test('POST is refused', async () => {
  expect((await fetch(origin, { method: 'POST' })).status).toBe(405);
});
