import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import application from './vite.config.ts';

export default mergeConfig(application, defineConfig({ test: { include: ['src/**/*.test.ts'], environment: 'node' } }));
