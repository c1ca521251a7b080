import { useTranslation } from 'react-i18next'
import { VerdictMark } from '../../ui/verdict-mark'

interface PlainWarningProps {
  folder: string
  accepted: boolean
  onAccept: (accepted: boolean) => void
}

/** Said before a key is saved where nothing encrypts it. */
export const PlainWarning = ({ folder, accepted, onAccept }: PlainWarningProps) => {
  const { t } = useTranslation()
  return (
    <div className="flex gap-2 rounded-md bg-accent-soft p-3" role="alert">
      <VerdictMark className="mt-0.5" mark="warn" />
      <div className="flex min-w-0 flex-col gap-2">
        <p className="break-words">
          <span className="block font-medium">{t('settings.providers.plainTitle')}</span>
          {t('settings.providers.plainText', { folder })}
        </p>
        <label className="flex items-center gap-2">
          <input
            checked={accepted}
            className="size-4 accent-(--accent-fill)"
            onChange={({ currentTarget }) => onAccept(currentTarget.checked)}
            type="checkbox"
          />
          {t('settings.providers.plainAccept')}
        </label>
      </div>
    </div>
  )
}
