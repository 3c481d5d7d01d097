// Runs before anything that needs Node 24, on whatever Node there is: plain JavaScript, no imports.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `Strobe needs Node 24 and this is Node ${process.versions.node}. ` +
      'The project brings its own: run "npm ci", then start it with "npm run", which puts that Node first on PATH.',
  )
  process.exit(1)
}
