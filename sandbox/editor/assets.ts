import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';

const packaged = (path: string): string => import.meta.resolve(path);

/** What the page loads: our own files, and htmx as it comes in its package. */
const ASSETS = new Map([
  [
    'htmx.js',
    {
      type: 'text/javascript',
      // In one: htmx starts as soon as it is there, without waiting for its extensions.
      files: [packaged('htmx.org/dist/htmx.min.js'), packaged('htmx.org/dist/ext/hx-sse.min.js')],
    },
  ],
  ['editor.js', { type: 'text/javascript', files: [packaged('./page/editor.js')] }],
  ['editor.css', { type: 'text/css', files: [packaged('./page/editor.css')] }],
  ['icon.svg', { type: 'image/svg+xml', files: [packaged('../../assets/icon.svg')] }],
]);

/** Routes for these files, none of which comes from outside of this computer. */
export function assets(): Hono {
  const app = new Hono();
  app.get('/:name', async (context) => {
    const asset = ASSETS.get(context.req.param('name'));
    if (asset === undefined) return context.notFound();
    const texts = await Promise.all(asset.files.map((url) => readFile(new URL(url), 'utf8')));
    return context.body(texts.join('\n'), 200, {
      'content-type': `${asset.type}; charset=utf-8`,
      'cache-control': 'no-cache',
    });
  });
  return app;
}
