import { FileQuestion } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../preload/contract'
import { useMediaItem } from '../../data/use-media'
import { usePlace } from '../../navigation'
import { BatchInspector } from './batch/batch-inspector'
import { useChosenClips } from './clips/chosen-clips'
import { ClipsColumn } from './clips/clips-column'
import { kindOf } from './file-kind'
import { EditInspector } from './inspector/edit-inspector'
import { FileInspector } from './inspector/file-inspector'
import { Player, PlayerContext } from './stage/player'
import { Stage } from './stage/stage'

/** The stage for a file that is not a clip: an image, or a sentence. */
const PlainStage = ({ item }: { item: MediaItem | undefined }) => {
  const { t } = useTranslation()
  if (!item) return <div className="flex-1 bg-stage" />
  const sentence = t(`edit.stage.${item.state === 'checked' ? 'notClip' : item.state}`)
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 bg-stage p-6">
      {kindOf(item) === 'image' && item.posterUrl ? (
        <img
          alt={item.name}
          className="max-h-full max-w-full object-contain"
          draggable={false}
          src={item.posterUrl}
        />
      ) : (
        <>
          <FileQuestion aria-hidden className="size-8 text-muted" strokeWidth={1.25} />
          <p className="text-muted">{sentence}</p>
        </>
      )}
    </div>
  )
}

/** The column of clips, the stage of the current clip, and the inspector. */
export const Workspace = ({ rows }: { rows: readonly MediaItem[] }) => {
  const item = useMediaItem(usePlace().clipId)
  const chosen = useChosenClips()
  const batch = useMemo(
    () => rows.filter((row) => chosen.has(row.id) && kindOf(row) === 'clip'),
    [rows, chosen],
  )
  const [player] = useState(() => new Player())
  const isClip = item !== undefined && kindOf(item) === 'clip'
  return (
    <PlayerContext value={player}>
      <div className="flex h-full">
        <ClipsColumn rows={rows} />
        <section className="flex min-w-0 flex-1 flex-col">
          {isClip ? <Stage item={item} key={item.id} /> : <PlainStage item={item} />}
        </section>
        <aside className="flex w-[340px] shrink-0 flex-col border-l border-line bg-panel max-[1100px]:w-[308px]">
          {isClip && batch.length > 1 ? (
            <BatchInspector item={item} items={batch} />
          ) : isClip ? (
            <EditInspector item={item} key={item.id} />
          ) : (
            <FileInspector item={item} />
          )}
        </aside>
      </div>
    </PlayerContext>
  )
}
