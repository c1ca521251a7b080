import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { wasCancelled } from '../../../data/failures'
import { cancelOperation, useOperation } from '../../../data/operations'
import { useFormat } from '../../../language/use-format'
import { useSay } from '../../../language/use-say'
import { Button } from '../../../ui/button'
import { Progress } from '../../../ui/progress'
import { refusalOf } from '../file-kind'
import type { Playable } from './use-playable'

/** Covers the poster until the clip can be played: progress with a Cancel button, or why there is no preview. */
export const PreviewWait = ({
  item,
  videoTrack,
  playable: { play, operationId },
}: {
  item: MediaItem
  /** The video track that is prepared, counted from 0. */
  videoTrack: number
  playable: Playable
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const fraction = useOperation(operationId)
  const failed = play.error !== null
  const broken = failed ? refusalOf(item) : undefined
  const isFirst = videoTrack === 0
  const needsProxy = item.playable === false || !isFirst
  const facts = item.facts?.kind === 'video' ? item.facts : undefined
  const whyFirst = facts?.complete === false ? 'previewCutOff' : 'previewWhy'
  const reason = isFirst ? whyFirst : 'previewTrack'
  if (facts?.opens === false)
    return (
      <p className="absolute inset-0 flex items-center justify-center p-3 text-muted">
        {t('edit.stage.cannotOpen')}
      </p>
    )
  const why = t(`edit.stage.${wasCancelled(play.error) ? 'previewStopped' : 'previewFailed'}`)
  return (
    <div className="absolute inset-0 flex items-center justify-center">
      {item.posterUrl && isFirst ? (
        <img
          alt=""
          className="absolute inset-3 size-[calc(100%-24px)] object-contain opacity-40"
          draggable={false}
          src={item.posterUrl}
        />
      ) : null}
      {item.state === 'missing' ? (
        <p className="relative text-muted">{t('edit.stage.missing')}</p>
      ) : broken ? (
        <p className="relative text-muted">{say(broken.text)}</p>
      ) : needsProxy || failed ? (
        <div
          className="relative flex w-64 flex-col gap-2 rounded-lg border border-line bg-panel p-4"
          role="status"
        >
          <div className="flex justify-between">
            <span>{failed ? why : t('edit.stage.makingPreview')}</span>
            {failed || fraction === null ? null : <span>{format.percent(fraction)}</span>}
          </div>
          {failed ? (
            <Button onClick={() => void play.refetch()}>{t('common.tryAgain')}</Button>
          ) : (
            <>
              <Progress fraction={fraction} label={t('edit.stage.makingPreview')} />
              <p className="text-sm text-muted">
                {t(`edit.stage.${reason}`, { codec: facts?.codec?.toUpperCase() ?? '' })}
              </p>
              <Button onClick={() => cancelOperation(operationId)}>{t('common.cancel')}</Button>
            </>
          )}
        </div>
      ) : null}
    </div>
  )
}
