import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '#package.json' with { type: 'json' };

const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

/**
 * Starts a browser without a window; whoever starts it closes it. It is the Chromium that comes as a
 * package, for Linux only, or the one that the environment variable `CHROMIUM_PATH` names. Rejects
 * with words when there is neither.
 */
export async function launchBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return chromium.launch({ executablePath: CHROMIUM_PATH });
  if (process.platform !== 'linux') {
    throw new Error('Set CHROMIUM_PATH to a Chromium or Chrome: the packaged one is for Linux.');
  }
  unpacked ??= unpack();
  return chromium.launch({ executablePath: await unpacked, args: chromiumPackage.args });
}

let unpacked: Promise<string> | undefined;

/** Unpacks the packaged Chromium, once for all processes. Resolves with the path of its program. */
async function unpack(): Promise<string> {
  const folder = join(CACHE, `chromium-${packageJson.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    // Under a name of its own first: another process may look for it meanwhile, or unpack it, too.
    const part = await mkdtemp(`${folder}-`);
    await unpackInto(part);
    await rename(part, folder).catch(async (error) => {
      await rm(part, { recursive: true });
      if (!existsSync(folder)) throw error;
    });
  }
  return join(folder, 'chromium');
}

/** The package knows one place only: the folder for temporary files. */
async function unpackInto(folder: string): Promise<void> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    // Nothing here needs WebGL.
    chromiumPackage.setGraphicsMode = false;
    await chromiumPackage.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
