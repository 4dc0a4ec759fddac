import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { serveOnLoopback } from '../sandbox/loopback.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(PROJECT, 'node_modules');
const LIMIT_MILLISECONDS = 150_000;

const cliPackageFile = createRequire(import.meta.url).resolve('zapier-platform-cli/package.json');

export interface ProjectCopy {
  /** Its folder. */
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Copies the project into a folder of its own: the CLI writes and deletes files in the project, so
 * that two commands in one folder destroy each other. There is no `dist` yet.
 */
export async function projectCopy(): Promise<ProjectCopy> {
  const path = await mkdtemp(join(tmpdir(), 'deskdirector-zapier-'));
  const ignored = await readFile(join(PROJECT, '.gitignore'), 'utf8');
  const leftOut = new Set(['.git', ...ignored.split('\n').map((name) => name.replace(/\/$/, ''))]);
  await cp(PROJECT, path, {
    recursive: true,
    filter: (source) => source === PROJECT || !leftOut.has(basename(source)),
  });
  // True copies: the files behind a link would not be inside the project for the CLI's packing.
  const packages = await productionPackages();
  await Promise.all(
    // The build compiles against the types of Node; its tools are found through the PATH.
    [...packages, 'node_modules/@types/node'].map((folder) =>
      cp(join(PROJECT, folder), join(path, folder), { recursive: true }),
    ),
  );
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The folders of the packages that the app runs on, those nested in another one aside. */
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
  /** Null when it had to be ended. */
  readonly exitCode: number | null;
  /** What it printed on standard output. */
  readonly results: string;
  /** All that it printed, as it came. */
  readonly output: string;
}

/** Runs a command of Zapier's CLI in a copy of the project, cut off from Zapier and from npm. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliOutcome> {
  const { bin } = JSON.parse(await readFile(cliPackageFile, 'utf8'));
  const home = await mkdtemp(join(tmpdir(), 'zapier-cli-home-'));
  const path = [dirname(process.execPath), join(MODULES, '.bin'), process.env.PATH];
  try {
    const cli = spawn(
      process.execPath,
      [join(dirname(cliPackageFile), bin['zapier-platform']), ...args],
      {
        cwd,
        // Nothing else of this environment: a test runner's variables change what the platform does.
        env: {
          PATH: path.join(delimiter),
          CI: 'true',
          NO_COLOR: '1',
          // It wraps errors at this width, in the middle of whatever is searched for.
          OCLIF_COLUMNS: '10000',
          // Neither the user's deploy key nor anything left behind.
          HOME: home,
          TMPDIR: home,
          // Nobody listens there.
          ZAPIER_BASE_ENDPOINT: 'http://127.0.0.1:9',
          DISABLE_ZAPIER_ANALYTICS: '1',
          NO_UPDATE_NOTIFIER: '1',
          npm_config_update_notifier: 'false',
          npm_config_offline: 'true',
          ...env,
        },
        // Without a terminal it asks no questions.
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: LIMIT_MILLISECONDS,
      },
    );
    let results = '';
    let output = '';
    cli.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      results += chunk;
      output += chunk;
    });
    cli.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await once(cli, 'close');
    return { exitCode: cli.exitCode, results, output };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

export interface FakeZapier {
  /** What has the CLI ask this server. */
  readonly environment: { readonly ZAPIER_BASE_ENDPOINT: string };
  /** Every request answered so far, in order, such as `POST /api/platform/cli/check`. */
  readonly requests: readonly {
    readonly target: string;
    readonly deployKey: string | null;
    readonly body: unknown;
  }[];
  stop(): Promise<void>;
}

/** The app that is registered at the fake Zapier: what `.zapierapprc` says of it. */
export const REGISTERED_APP = { id: 4711, key: 'App4711' };

/**
 * Zapier's server, as far as the CLI asks it whether a definition may be uploaded, and uploads it: it
 * may.
 */
export async function fakeZapier(): Promise<FakeZapier> {
  const requests: FakeZapier['requests'][number][] = [];
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
  return { environment: { ZAPIER_BASE_ENDPOINT: loopback.url }, requests, stop: loopback.close };
}
