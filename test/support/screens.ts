import type { Locator } from 'playwright-core'
import type { App } from './app'

/** Opens a screen by the rail. */
export const go = async ({ page }: App, view: 'edit' | 'queue' | 'library' | 'settings') =>
  page.getByTestId(`nav-${view}`).click()

/** Clips, stage and inspector. */
export const editScreen = ({ page }: App) => {
  const row = (name: string): Locator => page.getByTestId('clip-row').filter({ hasText: name })
  return {
    row,
    /** The row's accessible name, which has the verdict. */
    verdictOf: async (name: string): Promise<string> =>
      (await row(name).getAttribute('aria-label')) ?? '',
    sample: page.getByRole('button', { name: 'Try the sample clip' }),
    prompt: page.getByRole('textbox', { name: 'Prompt', exact: true }),
    length: page.getByTestId('trim-length'),
    time: (name: 'In' | 'Out') => page.getByRole('textbox', { name, exact: true }),
    /** The parts of the clip below the strip. */
    parts: page.getByTestId('part'),
    addPart: page.getByTestId('part-add'),
    trimFix: page.getByRole('button', { name: /^Trim/ }),
    submit: page.getByTestId('submit'),
  }
}

/** The jobs. */
export const queueScreen = ({ page }: App) => ({
  rows: page.locator('[data-job]'),
  row: (state: string) => page.locator(`[data-job][data-state="${state}"]`),
})

/** The results. */
export const libraryScreen = ({ page }: App) => ({
  entries: page.locator('[data-entry]'),
  search: page.getByRole('searchbox'),
})
