import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds on the page that matters much to somebody, each as a line that names the rule and the first places. The preview of
 * a report is left out: nothing runs in it, axe neither.
 */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  // Electron opens no second page, which axe wants to have for frames.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map(({ html, any }) => `${html.slice(0, 200)} — ${any[0]?.message ?? ''}`)
      return `${id}: ${help} (${nodes.length}×)\n    ${places.join('\n    ')}`
    })
}
