import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';

/** The files that the page loads: those of the editor, and htmx from its package. */
const ASSETS = new Map([
  // In one file: htmx starts as soon as it is loaded, and does not wait for its extensions.
  ['htmx.js', ['htmx.org/dist/htmx.min.js', 'htmx.org/dist/ext/hx-sse.min.js']],
  ['editor.js', ['./page/editor.js']],
  ['editor.css', ['./page/editor.css']],
  ['icon.svg', ['../../assets/icon.svg']],
]);

const fileUrl = (path: string): URL => new URL(import.meta.resolve(path));

/** Serves these files from this computer. */
export function assets(): Hono {
  const app = new Hono();
  app.get('/:name', async (context) => {
    const name = context.req.param('name');
    const files = ASSETS.get(name);
    if (files === undefined) return context.notFound();
    const texts = await Promise.all(files.map((path) => readFile(fileUrl(path), 'utf8')));
    return context.body(texts.join('\n'), 200, {
      'content-type': getMimeType(name) ?? '',
      'cache-control': 'no-cache',
    });
  });
  return app;
}
