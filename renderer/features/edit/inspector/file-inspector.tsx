import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useMedia } from '../../../data/use-media'
import { useSay } from '../../../language/use-say'
import { chooseClip } from '../../../navigation'
import { Button } from '../../../ui/button'
import { VerdictMark } from '../../../ui/verdict-mark'
import { addReferences } from '../add-files'
import { FileActions } from '../clips/file-actions'
import { kindOf } from '../file-kind'
import { PassedLines } from '../preflight/finding-line'
import { foldReport } from '../preflight/fold-findings'

/** The button that adds an image to the draft of the newest clip. */
const UseImage = ({ item }: { item: MediaItem }) => {
  const { t } = useTranslation()
  const clip = useMedia().data?.find((one) => kindOf(one) === 'clip')
  if (!clip) return <p className="text-muted">{t('edit.stage.useImageHint')}</p>
  const use = () => {
    void addReferences(clip.id, [item.id])
    chooseClip(clip.id)
  }
  return (
    <Button className="self-start" onClick={use}>
      {t('edit.stage.useImage')}
    </Button>
  )
}

/** The findings of a file that is not a clip, and its actions. */
export const FileInspector = ({ item }: { item: MediaItem | undefined }) => {
  const { t } = useTranslation()
  const say = useSay()
  if (!item) return null
  const { id, report } = item
  const kind = kindOf(item) === 'image' ? 'image' : 'clip'
  const folded = report && foldReport({ kind, id }, report, report)
  return (
    <section aria-label={t('edit.preflight.title')} className="flex flex-col gap-3 p-4">
      <h2 className="truncate font-semibold" title={item.name}>
        {item.name}
      </h2>
      {folded?.open.map(({ key, finding }) => (
        <div className="flex gap-2" key={key}>
          <VerdictMark className="mt-0.5" mark={finding.level} />
          <p>{say(finding.text)}</p>
        </div>
      ))}
      {folded ? <PassedLines lines={folded.passed} /> : null}
      {kind === 'image' ? <UseImage item={item} /> : null}
      <FileActions item={item} />
    </section>
  )
}
