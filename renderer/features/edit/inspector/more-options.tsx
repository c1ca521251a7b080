import { Dices, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftCheck, EditOptions, ProviderMode } from '../../../../preload/contract'
import { longest } from '../../../../preload/contract/bounds'
import { useFormat } from '../../../language/use-format'
import { useSay } from '../../../language/use-say'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { Field, TextInput } from '../../../ui/field'
import { IconButton } from '../../../ui/icon-button'
import { Switch } from '../../../ui/switch'
import { Tooltip } from '../../../ui/tooltip'

/** Parses a typed seed: a whole number within the bounds, null for empty text, undefined when invalid. */
export const parseSeed = (
  typed: string,
  { min, max }: { min: number; max: number },
): number | null | undefined => {
  const text = typed.trim()
  if (text === '') return null
  if (!/^-?\d+$/.test(text)) return undefined
  const seed = Number(text)
  return seed >= min && seed <= max ? seed : undefined
}

interface MoreOptionsProps {
  options: EditOptions
  /** The name of the provider. */
  provider: string
  /** What it offers in the draft's mode. */
  offer: ProviderMode
  check: DraftCheck | undefined
  onChange: (part: Partial<EditOptions>) => void
}

/** The address that the provider calls when the edit is done. Problems come from the draft's check. */
const CallbackField = ({ options, provider, offer, check, onChange }: MoreOptionsProps) => {
  const { t } = useTranslation()
  const say = useSay()
  const id = useId()
  const offered = offer.limits.options.callback
  const { callbackUrl: value } = options
  const finding = check?.report.findings.find(({ rule }) => rule === 'callback')
  const problem = value !== null && finding?.level === 'fail' ? say(finding.text) : null
  const reason = offered ? null : t('edit.options.notOffered', { provider })
  return (
    <Field
      hint={problem || !offered ? null : t('edit.options.callbackHint', { provider })}
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
            maxLength={longest.callbackUrl}
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

const Seed = ({ options: { seed: value }, offer, onChange }: MoreOptionsProps) => {
  const { t } = useTranslation()
  const bounds = offer.limits.seed
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : String(value))
  const parsed = parseSeed(shown, bounds)
  const random = () => {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
    setTyped(null)
    onChange({ seed: bounds.min + (number % (bounds.max - bounds.min + 1)) })
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <label className="flex-1 text-sm text-muted" htmlFor="seed">
          {t('edit.options.seed')}
        </label>
        <TextInput
          aria-invalid={parsed === undefined}
          className="w-32 text-right"
          id="seed"
          inputMode="numeric"
          onBlur={() => setTyped(null)}
          onChange={(event) => {
            setTyped(event.target.value)
            const seed = parseSeed(event.target.value, bounds)
            if (seed !== undefined) onChange({ seed })
          }}
          placeholder={t('edit.options.seedAny')}
          value={shown}
        />
        <IconButton icon={<Dices />} label={t('edit.options.seedRandom')} onClick={random} />
        {value === null ? null : (
          <IconButton
            icon={<X />}
            label={t('edit.options.seedClear')}
            onClick={() => {
              setTyped(null)
              onChange({ seed: null })
            }}
          />
        )}
      </div>
      {parsed === undefined ? (
        <p className="text-sm text-fail">{t('edit.options.seedRange', { ...bounds })}</p>
      ) : null}
    </div>
  )
}

const Toggle = ({
  label,
  checked,
  needsSupport,
  refused,
  onChange,
}: {
  label: string
  checked: boolean
  /** The value that the provider has to support. The other value is always allowed. */
  needsSupport: boolean
  /** Why the provider does not support it; null when it does. */
  refused: string | null
  onChange: (checked: boolean) => void
}) => {
  const isRefused = refused !== null && checked !== needsSupport
  return (
    <Tooltip label={refused}>
      <div className="flex h-8 items-center justify-between gap-3">
        <span className={classNames('text-sm text-muted', isRefused && 'opacity-60')}>{label}</span>
        <Switch
          checked={checked}
          description={refused ?? undefined}
          disabled={isRefused}
          label={label}
          onChange={onChange}
        />
      </div>
    </Tooltip>
  )
}

/** The options that are rarely changed. */
export const MoreOptions = (props: MoreOptionsProps) => {
  const { t } = useTranslation()
  const {
    options,
    provider,
    offer: { limits, defaults },
    onChange,
  } = props
  const format = useFormat()
  const unless = (offered: boolean) => (offered ? null : t('edit.options.notOffered', { provider }))
  return (
    <div className="flex flex-col gap-1 pt-1">
      <Seed {...props} />
      <Toggle
        needsSupport={false}
        checked={options.promptExtend}
        label={t('edit.options.promptExtend')}
        onChange={(promptExtend) => onChange({ promptExtend })}
        refused={unless(limits.options.promptExtend)}
      />
      {defaults?.promptExtend === false ? (
        <p className="-mt-1 pb-1 text-sm text-muted">
          {t('edit.options.leavesPrompts', { provider })}
        </p>
      ) : null}
      <Toggle
        needsSupport
        checked={options.watermark}
        label={t('edit.options.watermark')}
        onChange={(watermark) => onChange({ watermark })}
        refused={unless(limits.options.watermark)}
      />
      <CallbackField {...props} />
      {options.cut > 0 ? (
        <div className="flex h-8 items-center justify-between gap-3">
          <span className="text-sm text-muted">
            {t('edit.options.cut', { seconds: format.seconds(options.cut) })}
          </span>
          <Button look="quiet" onClick={() => onChange({ cut: 0 })} size="sm">
            {t('edit.options.cutClear')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
