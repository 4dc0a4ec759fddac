import { randomUUID } from 'node:crypto';
import { constants, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import app from '../index.ts';
import { startDeskDirector } from '../tools/desk-director/server.ts';
import {
  type CliOutcome,
  type FakeZapier,
  fakeZapier,
  type ProjectCopy,
  projectCopy,
  REGISTERED_APP,
  runCli,
} from '../tools/scripts/zapier-cli.ts';
import { startZapRunner } from '../tools/zap-runner/zap-runner.ts';
import { documentedRecord } from './helpers/documented-record.ts';

// The CLI's own tool for archives, from the CLI's dependencies.
const AdmZip = createRequire(
  createRequire(import.meta.url).resolve('zapier-platform-cli/package.json'),
)('adm-zip');

// This file is part of the source archive, so a fixed text would be found in it.
const secret = randomUUID();

const deployKey = randomUUID().replaceAll('-', '');

let zapier: FakeZapier;
let project: ProjectCopy;
let push: CliOutcome;
/** The folder of the unpacked package, outside the project and its node_modules. */
let unpacked: string;
beforeAll(async () => {
  [zapier, project, unpacked] = await Promise.all([
    fakeZapier(),
    projectCopy(),
    mkdtemp(join(tmpdir(), 'deskdirector-zapier-unpacked-')),
  ]);
  for (const file of ['.env', 'src/.env']) {
    await writeFile(join(project.path, file), `authData_apiKey=${secret}`);
  }
  const registration = join(project.path, '.zapierapprc');
  const unregistered = JSON.parse(readFileSync(registration, 'utf8'));
  await writeFile(registration, JSON.stringify({ ...unregistered, ...REGISTERED_APP }));
  push = await runCli(project.path, ['push', '--skip-dep-install'], {
    ...zapier.environment,
    ZAPIER_DEPLOY_KEY: deployKey,
  });
  // When there is no archive, the tests fail with better words.
  if (existsSync(join(project.path, 'build/build.zip')))
    archive('build.zip').extractAllTo(unpacked);
});
afterAll(async () => {
  await Promise.all([
    zapier.stop(),
    project.remove(),
    rm(unpacked, { recursive: true, force: true }),
  ]);
});

const archive = (name: string) => new AdmZip(join(project.path, 'build', name));

/** The content of each file in an archive, by path. */
function contents(name: string): Record<string, Buffer> {
  return Object.fromEntries(
    archive(name)
      .getEntries()
      .map((entry: { entryName: string; getData(): Buffer }) => [entry.entryName, entry.getData()]),
  );
}

test('the build completes, its own test of the package included, and is uploaded', () => {
  expect(push.output).toMatch(/^- Testing build\n- Uploading version \S+$/m);
  expect(push.results).toMatch(/^Push complete! Built build\/build\.zip and/m);
  expect(push.exitCode).toBe(0);
});

test('Zapier is asked about this very definition and gets it as this version; nothing is promoted', () => {
  const app_definition = {
    version: app.version,
    platformVersion: app.platformVersion,
    triggers: Object.fromEntries(Object.keys(app.triggers).map((key) => [key, { key }])),
  };
  const path = `/api/platform/cli/apps/${REGISTERED_APP.id}`;
  expect([...new Set(zapier.requests.map(({ target }) => target))]).toEqual([
    `GET ${path}`,
    'POST /api/platform/cli/check',
    `PUT ${path}/versions/${app.version}`,
  ]);
  const asked = zapier.requests.find(({ target }) => target.startsWith('POST '));
  expect(asked).toMatchObject({ body: { app_definition } });
});

test('the deploy key goes to Zapier, and is shown nowhere', () => {
  const shown = new Set(zapier.requests.map((request) => request.deployKey));
  expect(shown).toEqual(new Set([deployKey]));
  expect(push.output).not.toContain(deployKey);
});

test('what keeps the package complete is named in .zapierapprc', () => {
  const { includeInBuild } = JSON.parse(readFileSync('.zapierapprc', 'utf8'));
  expect(includeInBuild).toHaveLength(3);
  // Node 22 loads this file of each package. The CLI does not find it by itself.
  const missing = includeInBuild.filter(
    (folder: string) => !existsSync(join(unpacked, folder, 'require.mjs')),
  );
  expect(missing).toEqual([]);
});

test('it holds the compiled app and what that runs on', () => {
  const files = contents('build.zip');
  const own = Object.keys(files).filter((file) => !file.startsWith('node_modules/'));
  expect(own.sort()).toEqual([
    'definition.json',
    'dist/index.js',
    'package.json',
    // The CLI packs every package.json. No other file of the tools is in the archive.
    'tools/package.json',
    'zapierwrapper.js',
  ]);

  const { dependencies } = JSON.parse(String(files['package.json']));
  expect(Object.keys(dependencies)).toEqual(['entities', 'zapier-platform-core']);
});

test('it holds no link, such as the one to the tools in node_modules', () => {
  const entries: { entryName: string; attr: number }[] = archive('build.zip').getEntries();
  // The upper half of the attributes is the mode of the file.
  const links = entries.filter(
    ({ attr }) => ((attr >>> 16) & constants.S_IFMT) === constants.S_IFLNK,
  );
  expect(links.map(({ entryName }) => entryName)).toEqual([]);
});

test.each(['build.zip', 'source.zip'])('%s holds no .env', (name) => {
  const files = Object.entries(contents(name));
  expect(files.length).toBeGreaterThan(20);
  const told = files.filter(([file, content]) => file.endsWith('.env') || content.includes(secret));
  expect(told.map(([file]) => file)).toEqual([]);
});

test('unpacked on its own, it runs a delivery', async () => {
  const deskDirector = await startDeskDirector();
  const runner = await startZapRunner({
    appPath: join(unpacked, 'zapierwrapper.js'),
    authData: { site: 'support', apiKey: deskDirector.apiKey },
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
  });
  try {
    expect(await runner.connect()).toEqual({ site: 'support.deskdirector.com' });
    // Only such a reason needs the package that knows the names of HTML.
    const body = JSON.stringify({ message: 'No &ldquo;x&rdquo;' });
    deskDirector.fail({ kind: 'status', status: 400, body, path: /connections\/test$/ });
    await expect(runner.connect()).rejects.toThrow('It says: "No “x”"');
    await runner.turnOn('chat_session_status_changed');
    const example = readFileSync('tools/desk-director/documented-example.json', 'utf8');
    deskDirector.announce('statusChanged', JSON.parse(example));
    await deskDirector.settled();
    await runner.idle();
    expect(runner.runs).toMatchObject([{ error: null }]);
    expect(runner.runs.map(({ records }) => records)).toEqual([[documentedRecord]]);
  } finally {
    await runner.stop();
    await deskDirector.stop();
  }
});
