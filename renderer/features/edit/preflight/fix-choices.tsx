import { useTranslation } from 'react-i18next'
import type { ExtendWay, Facts, Finding, Fix } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import { Segmented } from '../../../ui/segmented'
import { Select } from '../../../ui/select'
import { remediesFor, usesBackground } from './remedies'

const Colour = ({ value, onChange }: { value: string; onChange: (background: string) => void }) => {
  const { t } = useTranslation()
  return (
    <input
      aria-label={t('edit.preflight.background')}
      className="h-6 w-7 shrink-0 rounded-sm border border-edge bg-field p-0.5"
      onChange={(event) => onChange(event.target.value)}
      title={t('edit.preflight.background')}
      type="color"
      value={value}
    />
  )
}

const TrackChoice = ({
  tracks,
  track,
  onChange,
}: {
  tracks: NonNullable<Extract<Facts, { kind: 'video' }>['tracks']>
  track: number
  onChange: (track: number) => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Select
      label={t('edit.preflight.track')}
      onChange={(value) => onChange(Number(value))}
      options={tracks.map(({ width, height, codec, video }, index) => ({
        value: String(index),
        label: t('edit.preflight.trackNumber', { number: index + 1 }),
        detail: [
          width && height ? format.pixels(width, height) : '',
          video ? format.seconds(video) : '',
          codec?.toUpperCase() ?? '',
        ]
          .filter(Boolean)
          .join(' · '),
      }))}
      value={String(track)}
    />
  )
}

const extendWays = ['hold', 'slow', 'loop', 'bounce'] as const satisfies ExtendWay[]

/** The choices of a fix: pad or crop, fill, colour, track, way to extend. */
export const FixChoices = ({
  finding,
  fix,
  facts,
  canFrame,
  hasColour,
  onChange,
}: {
  finding: Finding
  fix: Fix
  facts: Facts | null
  /** Whether the user can drag the frame of a crop. */
  canFrame: boolean
  /** Whether the fill colour is chosen here, not beside another fix of the same file. */
  hasColour: boolean
  onChange: (part: Partial<Fix>) => void
}) => {
  const { t } = useTranslation()
  const ways = remediesFor(finding)
  const { remedies } = fix
  const colour = hasColour ? (
    <Colour onChange={(background) => onChange({ background })} value={fix.background} />
  ) : null
  const setWay = (way: 'pad' | 'crop') =>
    onChange({
      remedies: [...remedies.filter((one) => one !== 'pad' && one !== 'crop'), way],
    })
  if (ways.includes('pad')) {
    const pads = remedies.includes('pad')
    const blurs = fix.pad === 'blur'
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={t('edit.preflight.way')}
          onChange={setWay}
          segments={[
            { value: 'pad', label: t('edit.remedy.pad') },
            { value: 'crop', label: t('edit.remedy.crop') },
          ]}
          value={pads ? 'pad' : 'crop'}
        />
        {pads ? (
          <>
            <Segmented
              label={t('edit.preflight.fill')}
              onChange={(pad) => onChange({ pad })}
              segments={[
                { value: 'colour', label: t('edit.preflight.fillColour') },
                { value: 'blur', label: t('edit.preflight.fillBlur') },
              ]}
              value={blurs ? 'blur' : 'colour'}
            />
            {blurs ? null : colour}
          </>
        ) : (
          <span className="text-sm text-muted">
            {t(canFrame ? 'edit.crop.drag' : 'edit.crop.middle')}
          </span>
        )}
      </div>
    )
  }
  if (ways.includes('extend'))
    return (
      <Segmented
        label={t('edit.preflight.extendBy')}
        onChange={(extend) => onChange({ extend })}
        segments={extendWays.map((value) => ({
          value,
          label: t(`edit.preflight.extend.${value}`),
        }))}
        value={fix.extend ?? 'hold'}
      />
    )
  if (usesBackground(ways) && colour) return colour
  if (ways.includes('keep-first-track') && facts?.kind === 'video' && facts.tracks)
    return (
      <TrackChoice
        onChange={(track) =>
          onChange({ track, remedies: [...new Set([...remedies, 'keep-first-track' as const])] })
        }
        track={fix.track ?? 0}
        tracks={facts.tracks}
      />
    )
  return null
}
