import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// In development the console is served here and the server elsewhere; VIVENCIA_SERVER says where.
const server = process.env.VIVENCIA_SERVER ?? 'http://127.0.0.1:8080';

/** Says about the built pages what the server says: nothing from elsewhere, styles made at run time only by the number of the answer. */
function serverPolicy(): Plugin {
  return {
    name: 'server-policy',
    configurePreviewServer({ config, middlewares }) {
      middlewares.use((request, response, next) => {
        // The pages of surveys are the server's.
        if (!request.headers.accept?.includes('text/html') || request.url?.startsWith('/s/')) return next();
        const nonce = randomBytes(18).toString('base64url');
        const page = readFileSync(
          new URL('index.html', pathToFileURL(`${config.root}/${config.build.outDir}/`)),
          'utf8',
        );
        response.setHeader(
          'Content-Security-Policy',
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
        );
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(page.replace('__CSP_NONCE__', nonce));
      });
    },
  };
}

const shortName = (name: string) => name.replace(/\.[a-z0-9]+$/, '').split('~')[0];

export default defineConfig({
  plugins: [react(), serverPolicy()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': server, '/v1': server, '/docs': server, '^/s/': server } },
  preview: { proxy: { '/api': server, '/v1': server, '/docs': server, '^/s/': server } },
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What several pages share would be called by all of them.
        chunkFileNames: ({ name }) => `assets/${shortName(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${shortName(names[0] ?? 'asset')}-[hash][extname]`,
        // A slow machine spends more on asking for a file than on a small one that it does not need: few files, not many.
        codeSplitting: {
          groups: [
            // First, so that what it asks for is on its way while the others run.
            { name: 'start', test: /src\/start\.ts|preload-helper/, priority: 3 },
            { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 2 },
            { name: 'frame', test: /src/, tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
});
