import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative: the service may stand below a path of its host.
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: '../dist/pages',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined as data: the policy of the pages forbids everything that is not a file of the service.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.{ts,tsx}', '../tests/**/*.test.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    unstubGlobals: true,
    // One worker a processor: the tool's own choice leaves one of them idle, which on two is half.
    minWorkers: '100%',
    maxWorkers: '100%',
  },
});
