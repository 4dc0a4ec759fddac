// Plain JavaScript without new syntax, because old versions of Node run it, too.
const wanted = 22;
const [found] = process.versions.node.split('.');

if (Number(found) !== wanted) {
  console.error(
    [
      `This script needs Node ${wanted}, the version Zapier runs apps on, but found Node ${process.versions.node}.`,
      'On Linux and macOS, "npm ci" brings the right one, with npm 11.6 or later. Start scripts with',
      '"npm run ...". With an older npm, or on another system, install Node ' +
        wanted +
        ' yourself.',
    ].join('\n'),
  );
  process.exit(1);
}
