/** Puts a text into the clipboard; false where that is not allowed. Call it from a click or a key. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** Where the clipboard may not be written to directly: copies what is selected, as the menu of the browser would. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  const { activeElement } = document
  area.value = text
  area.className = 'visually-hidden'
  // In a dialog the focus cannot leave it.
  const place = activeElement?.closest('[role=dialog]') ?? document.body
  place.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus()
  return done
}
