import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { serveOnLoopback } from '../common/loopback.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = join(PROJECT, 'node_modules');
const LIMIT_MILLISECONDS = 150_000;
const MOST_CHARACTERS = 100_000_000;

const cliPackageFile = createRequire(import.meta.url).resolve('zapier-platform-cli/package.json');

export type ProjectCopy = Awaited<ReturnType<typeof projectCopy>>;

/**
 * Copies the project into a new folder, without `dist`. The CLI writes and deletes files in the
 * project, so two commands in one folder would destroy each other's files.
 */
export async function projectCopy() {
  const path = await mkdtemp(join(tmpdir(), 'deskdirector-zapier-'));
  const ignored = await readFile(join(PROJECT, '.gitignore'), 'utf8');
  const leftOut = new Set(['.git', ...ignored.split('\n').map((name) => name.replace(/\/$/, ''))]);
  await cp(PROJECT, path, {
    recursive: true,
    filter: (source) => source === PROJECT || !leftOut.has(basename(source)),
  });
  // Copies, as the CLI packs only files inside the project. The link to the tools stays a link.
  const packages = await productionPackages();
  await Promise.all(
    // The build needs the types of Node. It finds its tools through the PATH.
    [...packages, 'node_modules/@types/node'].map((folder) =>
      cp(join(PROJECT, folder), join(path, folder), { recursive: true, verbatimSymlinks: true }),
    ),
  );
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What `npm ci` puts into node_modules for production: packages, and the link to the tools. */
async function productionPackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8'));
  return Object.keys(packages).filter(
    (folder) =>
      folder.lastIndexOf('node_modules/') === 0 &&
      !packages[folder].dev &&
      existsSync(join(PROJECT, folder)),
  );
}

export interface CliOutcome {
  /** Null when the command was ended because it took too long. */
  readonly exitCode: number | null;
  /** The text on standard output. */
  readonly results: string;
  /** The text on standard output, followed by that on standard error. */
  readonly output: string;
}

/** Runs a command of Zapier's CLI in a copy of the project, without access to Zapier and npm. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliOutcome> {
  const { bin } = JSON.parse(await readFile(cliPackageFile, 'utf8'));
  const home = await mkdtemp(join(tmpdir(), 'zapier-cli-home-'));
  const path = [dirname(process.execPath), join(MODULES, '.bin'), process.env.PATH];
  try {
    const command = [join(dirname(cliPackageFile), bin['zapier-platform']), ...args];
    const options = {
      cwd,
      // Variables of the test runner would change what the platform does.
      env: {
        PATH: path.join(delimiter),
        CI: 'true',
        NO_COLOR: '1',
        // The CLI wraps errors at this width, also inside a text that a test looks for.
        OCLIF_COLUMNS: '10000',
        // An empty home folder, without the user's deploy key.
        HOME: home,
        TMPDIR: home,
        // No server listens on this port.
        ZAPIER_BASE_ENDPOINT: 'http://127.0.0.1:9',
        DISABLE_ZAPIER_ANALYTICS: '1',
        NO_UPDATE_NOTIFIER: '1',
        npm_config_update_notifier: 'false',
        npm_config_offline: 'true',
        ...env,
      },
      timeout: LIMIT_MILLISECONDS,
      maxBuffer: MOST_CHARACTERS,
    };
    return await new Promise((resolve) => {
      const cli = execFile(process.execPath, command, options, (_, results, errors) =>
        resolve({ exitCode: cli.exitCode, results, output: results + errors }),
      );
      // Without a terminal or an input, the CLI asks no questions.
      cli.stdin?.end();
    });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

export type FakeZapier = Awaited<ReturnType<typeof fakeZapier>>;

/** The app that is registered at the fake Zapier, as in `.zapierapprc`. */
export const REGISTERED_APP = { id: 4711, key: 'App4711' };

/**
 * Starts a stand-in for Zapier's server. It accepts every definition, and every upload.
 */
export async function fakeZapier() {
  const requests: { target: string; deployKey: string | null; body: unknown }[] = [];
  const server = new Hono().basePath('/api/platform/cli');
  server.use(async (context, next) => {
    const body = await context.req.json().catch(() => null);
    const target = `${context.req.method} ${context.req.path}`;
    requests.push({ target, deployKey: context.req.header('x-deploy-key') ?? null, body });
    await next();
  });
  const nothing = (label: string) => ({ total_failures: 0, results: [], display_label: label });
  server.post('/check', (context) =>
    context.json({
      passes: [],
      errors: nothing('Errors'),
      warnings: nothing('Publishing Tasks'),
      suggestions: nothing('Warnings'),
    }),
  );
  const registered = ['title', 'description', 'app_category', 'intention', 'role'];
  server.get(`/apps/${REGISTERED_APP.id}`, (context) =>
    context.json({
      ...REGISTERED_APP,
      ...Object.fromEntries(registered.map((name) => [name, '-'])),
    }),
  );
  server.put(`/apps/${REGISTERED_APP.id}/versions/:version`, (context) => context.json({}));
  const loopback = await serveOnLoopback(server);
  return {
    /** The environment variables that send the CLI to this server. */
    environment: { ZAPIER_BASE_ENDPOINT: loopback.url },
    /** Every request answered so far, in order. A target is such as `POST /api/platform/cli/check`. */
    requests,
    stop: loopback.close,
  };
}
