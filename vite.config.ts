import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { type Plugin, defineConfig } from 'vite';
import { CONTENT_SECURITY_POLICY } from './tools/content-security-policy.ts';
import { engineVersionPlugin } from './tools/engine-version.ts';
import { preloadPage, worldParts } from './tools/first-load.ts';
import { kubernetesSchemaPlugin } from './tools/generate-json-schema.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const contentSecurityPolicy: Plugin = {
  name: 'drydock-content-security-policy',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  base: './',
  plugins: [svelte(), kubernetesSchemaPlugin(), contentSecurityPolicy, preloadPage(fromRoot('src/ui/page.ts'))],
  resolve: {
    alias: [
      // monaco-yaml names Monaco's files by the paths of before its package had an exports map.
      { find: /^monaco-editor\/esm\/vs\//, replacement: `${fromRoot('node_modules/monaco-editor/esm/vs')}/` },
    ],
  },
  worker: {
    format: 'es',
    plugins: () => [engineVersionPlugin(fromRoot('.'))],
    rolldownOptions: { output: { codeSplitting: worldParts(fromRoot('.')) } },
  },
  build: {
    target: 'es2023',
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { host: '127.0.0.1' },
});
