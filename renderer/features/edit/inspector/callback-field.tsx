import { X } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftCheck, EditOptions, ProviderDescription } from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'
import { useSay } from '../../../language/use-say'
import { Field } from '../../../ui/field'
import { IconButton } from '../../../ui/icon-button'
import { TextInput } from '../../../ui/text-input'
import { Tooltip } from '../../../ui/tooltip'

/** Where the service tells that the edit is done; what is wrong with the address is what the check says of it. */
export const CallbackField = ({
  value,
  provider,
  check,
  onChange,
}: {
  value: string | null
  provider: ProviderDescription
  check: DraftCheck | undefined
  onChange: (part: Pick<EditOptions, 'callbackUrl'>) => void
}) => {
  const { t } = useTranslation()
  const say = useSay()
  const id = useId()
  const offered = modeRow(provider, 'edit').limits.options.callback
  const finding = check?.report.findings.find(({ rule }) => rule === 'callback')
  const problem = value !== null && finding?.level === 'fail' ? say(finding.text) : null
  const reason = offered ? null : t('edit.options.notOffered', { provider: provider.name })
  return (
    <Field
      hint={
        problem || !offered ? null : t('edit.options.callbackHint', { provider: provider.name })
      }
      htmlFor={id}
      label={t('edit.options.callback')}
      problem={problem}
    >
      <Tooltip label={reason}>
        <div className="flex items-center gap-1">
          <TextInput
            aria-description={reason ?? undefined}
            aria-invalid={problem !== null}
            className="flex-1"
            data-testid="callback"
            disabled={!offered}
            id={id}
            inputMode="url"
            maxLength={4096}
            onChange={({ currentTarget }) =>
              onChange({ callbackUrl: currentTarget.value.trim() || null })
            }
            placeholder="https://…"
            value={value ?? ''}
          />
          {value === null ? null : (
            <IconButton
              icon={<X />}
              label={t('edit.options.callbackClear')}
              onClick={() => onChange({ callbackUrl: null })}
            />
          )}
        </div>
      </Tooltip>
    </Field>
  )
}
