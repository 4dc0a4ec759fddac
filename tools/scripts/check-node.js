// Plain JavaScript without new syntax, because old versions of Node run it, too.
const wanted = 22;
const [found] = process.versions.node.split('.');

if (Number(found) !== wanted) {
  console.error(
    [
      `This script needs Node ${wanted}, the version Zapier runs apps on, but found Node ${process.versions.node}.`,
      'The "node" package in devDependencies brings the right one: run "npm ci" without --ignore-scripts,',
      'then start scripts with "npm run ...".',
    ].join('\n'),
  );
  process.exit(1);
}
