import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '#package.json' with { type: 'json' };

const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

/**
 * Starts a browser without a window; whoever starts it closes it. It is the one that the environment
 * variable `CHROMIUM_PATH` names, or the Chromium that comes as a package, for Linux only: elsewhere
 * it rejects with words.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH || (await packaged()) });
}

let unpacked: Promise<string> | undefined;

/**
 * The path of the packaged program. Its package's own flags are for cloud functions: with them it
 * runs in one process, without the checks between sites.
 */
async function packaged(): Promise<string> {
  if (process.platform !== 'linux') {
    throw new Error('Set CHROMIUM_PATH to a Chromium or Chrome: the packaged one is for Linux.');
  }
  unpacked ??= unpack();
  return unpacked;
}

/** Unpacks the package, once for all processes. Resolves with the path of the program. */
async function unpack(): Promise<string> {
  const folder = join(CACHE, `chromium-${packageJson.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    // Under a name of its own first: another process may look for it meanwhile, or unpack it, too.
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

/** In a process of its own: the package knows one place only, the folder for temporary files. */
const UNPACK = `
  import chromium from '@sparticuz/chromium';
  // Nothing here needs WebGL.
  chromium.setGraphicsMode = false;
  await chromium.executablePath();`;

async function unpackInto(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, TMPDIR: folder },
  });
}
