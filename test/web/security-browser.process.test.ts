import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBrowser } from '../../src/engine/find-browser.ts'
import { type FakeShell, secretOfBlob, secretOfPage, startFakeShell } from './fake-studio.ts'
import { attack, follow, showInFrame, smuggled } from './page-exploits.ts'

// Exploits in a real browser, which adds cookies, origins and the page's policy by itself: each must fail.

const found = findBrowser()
const executablePath = 'path' in found ? found.path : undefined

let fake: FakeShell
let browser: Browser
let attacker: Server
let context: BrowserContext

/** A page of the studio's origin that tells what happens to it. */
const page = `<!doctype html><title>studio</title><p>${secretOfPage}</p>
<script>window.inlined = true</script><p id="styled" style="color: rgb(1, 2, 3)">x</p>
<script type="module" src="./assets/index-B1a_-9xZ.js"></script>`
const script = `
window.reports = []
document.addEventListener('securitypolicyviolation', (event) => reports.push(event.effectiveDirective))
window.loaded = true`

beforeAll(async () => {
  if (executablePath === undefined) return
  fake = await startFakeShell()
  writeFileSync(join(fake.options.rendererFolder, 'index.html'), page)
  writeFileSync(join(fake.options.rendererFolder, 'assets', 'index-B1a_-9xZ.js'), script)
  attacker = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>attacker</title>')
  }).listen(0, '127.0.0.1')
  await once(attacker, 'listening')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  browser = await chromium.launch({ executablePath, args })
})
afterAll(async () => {
  if (executablePath === undefined) return
  await browser.close()
  attacker.closeAllConnections()
  attacker.close()
  await fake.end()
})

/** The user's browser with the studio open. */
let studio: Page
beforeEach(async () => {
  if (executablePath === undefined) return
  await context?.close()
  context = await browser.newContext()
  studio = await context.newPage()
  await studio.goto(fake.shell.address)
  await studio.waitForFunction('window.loaded')
})

/** Opens a page of somebody else in the same browser. */
async function openAttacker(name: string): Promise<Page> {
  const evil = await context.newPage()
  await evil.goto(`http://${name}:${(attacker.address() as AddressInfo).port}/`)
  return evil
}

describe.runIf(executablePath !== undefined)('in a browser', () => {
  it('the token is in no address, referrer or cookie that a script can read', async () => {
    expect(studio.url()).toBe(`http://${fake.host}/`)
    const seen = await studio.evaluate(
      '[document.cookie, document.referrer, location.href, JSON.stringify(history.state)].join(" ")',
    )
    expect(seen).not.toContain(fake.token)
    expect(await studio.evaluate('document.cookie')).toBe('')
  })

  it('the page runs nothing that was smuggled into it, and connects to its own socket only', async () => {
    expect(await studio.evaluate('window.inlined')).toBeUndefined()
    const outcomes = await studio.evaluate(smuggled)
    expect(outcomes).toMatchObject({ eval: 'refused', fetch: 'refused', socket: 'done', injected: false })
    expect(outcomes).toMatchObject({ marked: expect.not.stringContaining('1, 2, 3') })
    const reports = expect.arrayContaining(['script-src-elem', 'script-src-attr', 'style-src-attr', 'connect-src'])
    expect(outcomes).toMatchObject({ reports })
  })

  it('a script in a report that is previewed does not run, and reads nothing', async () => {
    expect(await studio.evaluate(showInFrame('/blob/report-1?preview'))).toBe('closed')
    const inside = studio.frames().find((each) => each.url().includes('/blob/'))
    expect(await inside?.evaluate('self.origin')).toBe('null')
    expect(await inside?.evaluate('typeof window.ran')).toBe('undefined')
  })

  // Another port of this machine is the same site to a browser, which sends the cookie along; another name is another site.
  it.each(['127.0.0.1', 'localhost'])('a page at %s gets nothing out of it', async (name) => {
    const evil = await openAttacker(name)
    const outcomes = await evil.evaluate(attack(fake.host))
    expect(outcomes).toMatchObject({ socket: 'refused', read: 'refused', blind: 'refused', script: 'refused' })
    for (const frame of evil.frames())
      expect(await frame.content()).not.toMatch(new RegExp(`${secretOfPage}|${secretOfBlob}`))
  })

  it('a name that was made to lead here gets nothing', async () => {
    // The browser is told what a hostile DNS server would tell it.
    const args = ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP rebound.example 127.0.0.1']
    const rebound = await chromium.launch({ executablePath: executablePath ?? '', args })
    const evil = await rebound.newPage()
    for (const path of ['/', `/?token=${fake.token}`, '/blob/trace-r1']) {
      const response = await evil.goto(`http://rebound.example:${fake.shell.port}${path}`)
      expect(response?.status()).toBe(403)
      expect(await evil.content()).not.toContain(secretOfPage)
    }
    await rebound.close()
  })

  it('an address that is followed from another site lets in all the same', async () => {
    const fresh = await browser.newContext()
    const other = await fresh.newPage()
    await other.goto(`http://localhost:${(attacker.address() as AddressInfo).port}/`)
    await other.evaluate(follow(fake.shell.address))
    await other.waitForURL(`http://${fake.host}/`)
    await other.waitForFunction('window.loaded')
    expect(await other.content()).toContain(secretOfPage)
    await fresh.close()
  })
})

it.runIf(executablePath === undefined)('in a browser: not looked at, as there is none', () => {
  console.log('missing' in found ? found.missing : '')
})
