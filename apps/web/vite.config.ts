import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { PAGES } from './src/pages.ts';

const OUT = fileURLToPath(new URL('dist', import.meta.url));
const SMALLER_PACKED = new Set(['.html', '.js', '.css', '.svg', '.webmanifest']);

/** Beside every file the same one packed, and a list of the pages: so the server only hands out. */
function packed(): Plugin {
  return {
    name: 'comanda-packed',
    apply: 'build',
    async writeBundle() {
      const files = await readdir(OUT, { recursive: true });
      await Promise.all(files.filter((name) => SMALLER_PACKED.has(extname(name))).map(pack));
      await writeFile(join(OUT, 'pages.json'), JSON.stringify(PAGES));
    },
  };
}

async function pack(name: string): Promise<void> {
  const file = join(OUT, name);
  const bytes = await readFile(file);
  const [brotli, zipped] = [promisify(brotliCompress)(bytes), promisify(gzip)(bytes, { level: 9 })];
  await Promise.all([writeFile(`${file}.br`, await brotli), writeFile(`${file}.gz`, await zipped)]);
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), packed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    // Nothing may stand in the page itself: its policy lets in no inline script, style or picture.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '^/(trpc|files|api)': 'http://127.0.0.1:4000' } },
});
