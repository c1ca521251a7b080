import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useNotices, useOpenEngineNotices } from '../../data/use-app'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Disclosure } from '../../ui/disclosure'

/** The licences of what Reshoot ships: a line for each work, which opens its text. */
export const NoticesDialog = (
  props: Pick<ComponentProps<typeof Dialog>, 'open' | 'onOpenChange'>,
) => {
  const { t } = useTranslation()
  const { data } = useNotices(props.open)
  const { mutate: openEngine } = useOpenEngineNotices()
  return (
    <Dialog
      {...props}
      description={t('settings.about.licencesText')}
      footer={<Button onClick={() => openEngine()}>{t('settings.about.engine')}</Button>}
      size="sheet"
      title={t('settings.about.licences')}
    >
      {data ? (
        <ul className="flex flex-col">
          {data.map(({ name, version, license, text }) => (
            <li key={`${name}@${version}`}>
              <Disclosure
                label={
                  <span className="flex min-w-0 flex-1 gap-2">
                    <span className="truncate text-text">{name}</span>
                    <span>{version}</span>
                    <span className="ml-auto truncate">{license}</span>
                  </span>
                }
              >
                <pre className="px-6 py-2 font-mono text-sm whitespace-pre-wrap" data-selectable>
                  {text}
                </pre>
              </Disclosure>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">{t('settings.about.loading')}</p>
      )}
    </Dialog>
  )
}
