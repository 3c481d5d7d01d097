// How the desktop app is packaged: `npm run package` for this platform, `npm run package -- --dir` without an installer. Each
// platform is packaged on itself: native parts of the dependencies are there for the platform that installed them only.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Playwright starts a packaged app through the inspector, which a released one must not open. */
const forTests = process.env.STROBE_PACKAGE_FOR_TESTS === '1'

/**
 * Says to Node, beside the archive, that the files there are modules, and to Strobe, which version it is. The `package.json` that
 * Electron reads stays in the archive.
 * @param {import('electron-builder').AfterPackContext} context
 */
async function describeUnpacked({ packager, appOutDir }) {
  const { name, version } = JSON.parse(await readFile(join(packager.projectDir, 'package.json'), 'utf8'))
  const file = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked', 'package.json')
  await writeFile(file, JSON.stringify({ name, version, type: 'module' }))
}

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'app.strobe.studio',
  productName: 'Strobe',
  copyright: 'The Strobe maintainers',
  directories: { output: 'tmp/packages', buildResources: 'resources/packaging' },
  extraMetadata: {
    // Debian's packages want one, and there is none.
    homepage: 'https://strobe.invalid/',
    scripts: {},
    devDependencies: {},
  },
  publish: null,

  files: [
    {
      from: '.',
      filter: [
        'package.json',
        'out/main/**',
        // Shells that are not this one.
        '!out/main/{cli,web}.js',
        'out/preload/**',
        'out/renderer/**',
        'resources/icons/icon.png',
        'resources/samples/**',
        '!resources/samples/{data,.strobe,node_modules}{,/**}',
        '!node_modules/better-sqlite3/{deps,src,binding.gyp}{,/**}',
        // Of its prebuilt programs only that of this platform.
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the packager fills it in
        '!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
        '!node_modules/node-addon-api{,/**}',
      ],
    },
    // Types for the editors of users: as a set of its own, or the packager leaves out what ends in `.d.ts`.
    { from: 'out/types', to: 'out/types' },
  ],
  // In the archive, whose content is verified: the main process, the preload, the page. Beside it: what is forked, what user code
  // imports, what is copied for users, and the packages that these need.
  asar: true,
  asarUnpack: ['out/main/!(index).js', 'out/types/**', 'resources/samples/**', 'node_modules/**'],
  afterPack: describeUnpacked,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: forTests,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  // The native packages bring what they need for every Node-API.
  npmRebuild: false,

  linux: {
    target: ['AppImage', 'deb'],
    icon: 'resources/icons/icon.png',
    executableName: 'strobe',
    category: 'Development',
    synopsis: 'A profiling and optimization studio for workflows',
    description: 'Runs workflows, shows where the time goes, says what to change, and proves what the change brought.',
    maintainer: 'The Strobe maintainers <maintainers@strobe.invalid>',
    mimeTypes: ['inode/directory'],
    fileAssociations: [{ ext: 'workflow.ts', name: 'Strobe workflow', mimeType: 'text/x-strobe-workflow' }],
  },
  mac: {
    target: ['dmg'],
    icon: 'resources/icons/icon.png',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/packaging/entitlements.plist',
    entitlementsInherit: 'resources/packaging/entitlements-of-helpers.plist',
    extendInfo: {
      // Folders can be dropped on the icon and opened with the app; they stay the Finder's by default.
      CFBundleDocumentTypes: [
        {
          CFBundleTypeName: 'Folder',
          CFBundleTypeRole: 'Viewer',
          LSHandlerRank: 'Alternate',
          LSItemContentTypes: ['public.folder'],
        },
      ],
    },
  },
  win: {
    target: ['nsis'],
    icon: 'resources/icons/icon.ico',
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
}
