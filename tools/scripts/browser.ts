import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '../package.json' with { type: 'json' };

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/**
 * Starts a headless browser: the one at `CHROMIUM_PATH`, or by default the Chromium of a package. The
 * caller closes it. Rejects without `CHROMIUM_PATH` on other systems than Linux.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH || (await packaged()) });
}

let unpacked: Promise<string> | undefined;

/**
 * The path of the packaged Chromium. It runs without the flags of its package: these are for cloud
 * functions, and turn off separate processes and the isolation of sites.
 */
async function packaged(): Promise<string> {
  if (process.platform !== 'linux') {
    throw new Error('Set CHROMIUM_PATH to a Chromium or Chrome: the packaged one needs Linux.');
  }
  unpacked ??= unpack();
  return unpacked;
}

/** Unpacks the package unless a process has done so before. Resolves with the path of Chromium. */
async function unpack(): Promise<string> {
  const folder = join(CACHE, `chromium-${packageJson.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    // Renames the folder when it is complete, because another process may use or unpack it now.
    const part = await mkdtemp(`${folder}-`);
    try {
      await unpackInto(part);
      await rename(part, folder);
    } catch (error) {
      await rm(part, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, 'chromium');
}

/** Runs in a separate process: the package unpacks only into the folder for temporary files. */
const UNPACK = `
  import chromium from '@sparticuz/chromium';
  // No page needs WebGL.
  chromium.setGraphicsMode = false;
  await chromium.executablePath();`;

async function unpackInto(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TMPDIR: folder },
  });
}
