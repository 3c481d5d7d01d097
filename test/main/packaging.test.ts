import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, it, vi } from 'vitest'

const configFile = '../../electron-builder.config.mjs'

async function loadConfig() {
  vi.resetModules()
  return (await import(configFile)).default
}

afterEach(() => void vi.unstubAllEnvs())

describe('how the desktop app is packaged', () => {
  it('is what the packager understands', async () => {
    const own = createRequire(import.meta.url)
    const packager = createRequire(own.resolve('electron-builder'))
    const { validateConfiguration } = packager('app-builder-lib/out/util/config/config')
    const debug = { isEnabled: false, add: () => {} }
    const config = await loadConfig()
    await expect(validateConfiguration(config, debug)).resolves.toBeUndefined()
    await expect(validateConfiguration({ ...config, electronFuse: {} }, debug)).rejects.toThrow('electronFuse')
  })

  it('closes every fuse that opens a way in', async () => {
    expect((await loadConfig()).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('lets tests in where they ask for it, and by nothing else', async () => {
    const released = await loadConfig()
    vi.stubEnv('STROBE_PACKAGE_FOR_TESTS', '1')
    const tested = await loadConfig()
    expect(tested.electronFuses).toEqual({ ...released.electronFuses, enableNodeCliInspectArguments: true })
  })

  it('reads the main process from the archive, and takes nothing else of the project along', async () => {
    const { asar, asarUnpack, files, extraResources, publish } = await loadConfig()
    expect(asar).toBe(true)
    expect(asarUnpack).toContain('out/main/!(index).js')
    expect(asarUnpack.join()).not.toMatch(/preload|renderer|package\.json/)
    const taken = files[0].filter.filter((pattern: string) => !pattern.startsWith('!'))
    expect(taken).toEqual([
      'package.json',
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'resources/icons/icon.png',
      'resources/samples/**',
    ])
    expect(extraResources).toBeUndefined()
    expect(publish).toBeNull()
  })

  it('makes installers for three platforms, with hardened runtimes and icons that are there', async () => {
    const { linux, mac, win } = await loadConfig()
    expect([linux.target, mac.target, win.target]).toEqual([['AppImage', 'deb'], ['dmg'], ['nsis']])
    expect(mac.hardenedRuntime).toBe(true)
    for (const file of [linux.icon, mac.icon, win.icon, mac.entitlements, mac.entitlementsInherit]) {
      expect(readFileSync(file).length, file).toBeGreaterThan(100)
    }
    // PNG: the width stands at byte 16.
    expect(readFileSync(linux.icon).readUInt32BE(16)).toBeGreaterThanOrEqual(512)
  })

  it('loosens code signing for helpers only, in which user code runs', () => {
    const own = readFileSync('resources/packaging/entitlements.plist', 'utf8')
    const helpers = readFileSync('resources/packaging/entitlements-of-helpers.plist', 'utf8')
    expect(own).not.toContain('disable-library-validation')
    expect(helpers).toContain('disable-library-validation')
    for (const text of [own, helpers]) expect(text).not.toMatch(/network|camera|allow-dyld|get-task-allow/)
  })
})
