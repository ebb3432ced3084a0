// Tests of the card and of its archive; the pages have their own.
import { defineConfig } from 'vitest/config';

// One worker a processor: the tool's own choice leaves one of them idle, which on two is half.
export default defineConfig({ test: { include: ['tests/**/*.test.mjs'], testTimeout: 20000, minWorkers: '100%', maxWorkers: '100%' } });
