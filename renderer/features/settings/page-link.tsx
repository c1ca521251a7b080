import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOpenLink } from '../../data/use-app'

/** Words that open a provider's own page in the browser. */
export const PageLink = ({ what, name, url }: { what: string; name: string; url: string }) => {
  const { t } = useTranslation()
  const { mutate: open } = useOpenLink()
  return (
    <button
      aria-label={t('settings.providers.pageOf', { what, name })}
      className="inline-flex items-center gap-1 rounded-sm text-accent-text hover:underline"
      data-url={url}
      onClick={() => open(url)}
      title={new URL(url).host}
      type="button"
    >
      {what}
      <ExternalLink aria-hidden className="size-3" />
    </button>
  )
}
