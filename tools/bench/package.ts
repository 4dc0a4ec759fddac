import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fakeZapier, projectCopy, runCli } from '../scripts/zapier-cli.ts';
import { countFigure, type Figure } from './figures.ts';

/** Lets Zapier's command-line tool build a copy of the project, and measures the archive. */
export async function measurePackage(): Promise<Figure[]> {
  const [zapier, project] = await Promise.all([fakeZapier(), projectCopy()]);
  try {
    const args = ['build', '--skip-dep-install'];
    const build = await runCli(project.path, args, zapier.environment);
    if (build.exitCode !== 0) throw new Error(build.output);

    const zip = join(project.path, 'build/build.zip');
    // The CLI's own tool for archives, from wherever it is installed for the CLI.
    const cli = createRequire(import.meta.url).resolve('zapier-platform-cli/package.json');
    const AdmZip = createRequire(cli)('adm-zip');
    const archive = new AdmZip(zip);
    const entries: { entryName: string; header: { size: number } }[] = archive.getEntries();
    const ownBytes = entries
      .filter(({ entryName }) => entryName.startsWith('dist/'))
      .reduce((sum, { header }) => sum + header.size, 0);
    const { dependencies } = JSON.parse(archive.readAsText('package.json'));
    const others = Object.keys(dependencies).filter((name) => name !== 'zapier-platform-core');
    return [
      countFigure('dependencies besides the platform', others.length, 1),
      size("the app's own code, unpacked", ownBytes),
      size('the whole archive', (await readFile(zip)).length),
    ];
  } finally {
    await Promise.all([zapier.stop(), project.remove()]);
  }
}

const size = (name: string, bytes: number): Figure => ({
  name,
  value: bytes,
  shown: [`${(bytes / 1e3).toFixed(1)} kB`, '', ''],
});
