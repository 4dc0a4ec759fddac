import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fakeZapier, projectCopy, runCli } from '../scripts/zapier-cli.ts';

/** What the packaged app brings beside Zapier's platform. Sizes in bytes, as unpacked. */
export interface PackageSize {
  /** The compiled app. */
  readonly ownBytes: number;
  /** Its run-time dependencies that the platform doesn't bring along anyway. */
  readonly dependencies: readonly string[];
  readonly dependencyBytes: number;
  /** The whole archive. */
  readonly zipBytes: number;
}

interface LockedPackages {
  readonly [folder: string]: {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
}

const ZAPIER_PLATFORM = 'node_modules/zapier-platform-core';

/** Lets Zapier's command-line tool build a copy of the project, and looks into the archive. */
export async function measurePackage(): Promise<PackageSize> {
  const [zapier, project] = await Promise.all([fakeZapier(), projectCopy()]);
  try {
    const args = ['build', '--skip-dep-install'];
    const build = await runCli(project.path, args, zapier.environment);
    const zip = join(project.path, 'build/build.zip');
    if (build.exitCode !== 0 || !existsSync(zip)) throw new Error(build.output);

    const sizes = sizesIn(zip);
    const { packages } = JSON.parse(
      await readFile(join(project.path, 'package-lock.json'), 'utf8'),
    );
    const platform = packagesBehind(packages, ZAPIER_PLATFORM);
    const dependencies = [...new Set([...sizes.keys()].flatMap((file) => packageOf(file) ?? []))]
      .filter((folder) => !platform.has(folder) && !packages[folder]?.dev)
      .sort();
    return {
      ownBytes: sum([...sizes].filter(([file]) => file.startsWith('dist/'))),
      dependencies,
      dependencyBytes: sum(
        [...sizes].filter(([file]) => dependencies.includes(packageOf(file) ?? '')),
      ),
      zipBytes: (await readFile(zip)).length,
    };
  } finally {
    await Promise.all([zapier.stop(), project.remove()]);
  }
}

/** The unpacked size of each file. */
function sizesIn(zip: string): Map<string, number> {
  // The CLI's own tool for archives, from wherever it is installed for the CLI.
  const cli = createRequire(import.meta.url).resolve('zapier-platform-cli/package.json');
  const AdmZip = createRequire(cli)('adm-zip');
  const entries: { entryName: string; header: { size: number } }[] = new AdmZip(zip).getEntries();
  return new Map(entries.map(({ entryName, header }) => [entryName, header.size]));
}

/** The folder of the package that a file belongs to. */
function packageOf(file: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null;
}

/** The folders of a package and of all that it depends on, as npm resolves them. */
function packagesBehind(packages: LockedPackages, folder: string, found = new Set<string>()) {
  if (found.has(folder)) return found;
  found.add(folder);
  const { dependencies, optionalDependencies, peerDependencies } = packages[folder] ?? {};
  for (const name of Object.keys({
    ...dependencies,
    ...optionalDependencies,
    ...peerDependencies,
  })) {
    let parent = folder;
    while (parent !== '' && !packages[`${parent}/node_modules/${name}`]) {
      parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/node_modules/')));
    }
    const dependency = parent === '' ? `node_modules/${name}` : `${parent}/node_modules/${name}`;
    if (packages[dependency]) packagesBehind(packages, dependency, found);
  }
  return found;
}

function sum(sizes: readonly (readonly [string, number])[]): number {
  return sizes.reduce((total, [, bytes]) => total + bytes, 0);
}
