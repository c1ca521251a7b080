import { useTranslation } from 'react-i18next'
import type { Selection } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { Switch } from '../../../ui/switch'
import { VerdictMark } from '../../../ui/verdict-mark'
import { TimeField } from './time-field'
import { clipSeconds, type LengthState, lengthOf } from './trim-range'

const Length = ({ seconds, state }: { seconds: number; state: LengthState }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = format.seconds(seconds, 2)
  const said =
    state === 'ok'
      ? shown
      : t(state === 'too-long' ? 'edit.trim.tooLong' : 'edit.trim.tooShort', {
          seconds: shown,
          min: format.seconds(clipSeconds.min, 0),
          max: format.seconds(clipSeconds.max, 0),
        })
  return (
    <output
      aria-label={t('edit.trim.length')}
      className={classNames('flex items-center gap-1.5 font-medium', state !== 'ok' && 'text-fail')}
      data-testid="trim-length"
    >
      <VerdictMark mark={state === 'ok' ? 'pass' : 'fail'} />
      {said}
    </output>
  )
}

const fixedLengths = Array.from(
  { length: clipSeconds.max - clipSeconds.min + 1 },
  (_, index) => clipSeconds.min + index,
)

/** In, out and length as numbers, and the fixed length. */
export const TrimFigures = ({
  range,
  state,
  whole,
  fixed,
  canFix,
  onStart,
  onEnd,
  onFixed,
  onWhole,
}: {
  range: Selection
  state: LengthState
  /** Whether all of the clip is taken. */
  whole: boolean
  fixed: number | null
  canFix: boolean
  onStart: (time: number) => void
  onEnd: (time: number) => void
  onFixed: (seconds: number | null) => void
  onWhole: () => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <TimeField label={t('edit.trim.in')} onChange={onStart} value={range.start} />
      <TimeField label={t('edit.trim.out')} onChange={onEnd} value={range.end} />
      <Length seconds={lengthOf(range)} state={state} />
      {whole ? null : (
        <Button look="quiet" onClick={onWhole} size="sm">
          {t('edit.trim.whole')}
        </Button>
      )}
      {canFix ? (
        <div className="ml-auto flex items-center gap-2 text-sm text-muted">
          <span aria-hidden>{t('edit.trim.fixed')}</span>
          {fixed === null ? null : (
            <select
              aria-label={t('edit.trim.fixedSeconds')}
              className="h-6 rounded-md bg-hover px-1 text-text outline-none focus-visible:outline-2"
              onChange={(event) => onFixed(Number(event.target.value))}
              value={fixed}
            >
              {fixedLengths.map((seconds) => (
                <option className="bg-panel" key={seconds} value={seconds}>
                  {format.seconds(seconds, 0)}
                </option>
              ))}
            </select>
          )}
          <Switch
            checked={fixed !== null}
            label={t('edit.trim.fixed')}
            onChange={(on) => onFixed(on ? 5 : null)}
          />
        </div>
      ) : null}
    </div>
  )
}
