import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';

const fileUrl = (path: string): string => import.meta.resolve(path);

/** The files that the page loads: those of the editor, and htmx from its package. */
const ASSETS = new Map([
  [
    'htmx.js',
    {
      type: 'text/javascript',
      // In one file: htmx starts as soon as it is loaded, and does not wait for its extensions.
      files: [fileUrl('htmx.org/dist/htmx.min.js'), fileUrl('htmx.org/dist/ext/hx-sse.min.js')],
    },
  ],
  ['editor.js', { type: 'text/javascript', files: [fileUrl('./page/editor.js')] }],
  ['editor.css', { type: 'text/css', files: [fileUrl('./page/editor.css')] }],
  ['icon.svg', { type: 'image/svg+xml', files: [fileUrl('../../assets/icon.svg')] }],
]);

/** Serves these files from this computer. */
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
