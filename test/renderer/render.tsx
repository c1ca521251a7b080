import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import type { Language } from '../../preload/contract'
import { resources } from '../../renderer/language'
import { TooltipProvider } from '../../renderer/ui/tooltip'

const speakerOf = (language: Language) => {
  const speaker = i18next.createInstance()
  void speaker.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources,
  })
  return speaker
}

/** The first HTML of a component in a language, without effects. `client` holds the cached answers. */
export const markupOf = (
  element: ReactNode,
  language: Language,
  client = new QueryClient(),
): string =>
  renderToStaticMarkup(
    <I18nextProvider i18n={speakerOf(language)}>
      <QueryClientProvider client={client}>
        <TooltipProvider>{element}</TooltipProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  )

/** The same without tags. */
export const wordsOf = (element: ReactNode, language: Language, client?: QueryClient): string =>
  markupOf(element, language, client)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** Language keys that are shown instead of a text. */
export const rawKeys = (markup: string): string[] =>
  markup.match(/\b(?:common|queue|library|settings|state|failure|provider)\.[a-zA-Z]+[\w.-]*/g) ??
  []
