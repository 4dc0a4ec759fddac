import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';

/* Renders the app's icon, assets/icon.svg, as a PNG for Zapier. */
const SIZE = 512;
const file = (name: string) => fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(file('icon.svg'), 'utf8');
  await page.setContent(`<style>* { display: block; margin: 0 }</style>${svg}`);
  await page.locator('svg').screenshot({ path: file('icon.png'), omitBackground: true });
  console.log('The icon is rendered in assets/icon.png.');
} finally {
  await browser.close();
}
