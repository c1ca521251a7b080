/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ title: string, perform: (page: Page) => Promise<string | undefined> }} DemoStep */

/**
 * The main job of the app, as a person does it; the only file of the demo that knows the window.
 *
 * @type {readonly DemoStep[]}
 */
export const steps = [
  {
    title: 'Open the window',
    perform: async (page) => {
      await page.waitForLoadState('domcontentloaded')
      return page.title()
    },
  },
]
