// Tests of the card and of its archive; the pages have their own.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['tests/**/*.test.mjs'], testTimeout: 20000 } });
