import { useMemo, useState } from 'react'
import type { MediaItem } from '../../../preload/contract'
import { useMediaItem } from '../../data/use-media'
import { usePlace } from '../../navigation'
import { BatchInspector } from './batch/batch-inspector'
import { useChosenClips } from './clips/chosen-clips'
import { ClipsColumn } from './clips/clips-column'
import { kindOf } from './file-kind'
import { EditInspector } from './inspector/edit-inspector'
import { FileInspector } from './inspector/file-inspector'
import { PlainStage } from './stage/plain-stage'
import { Player } from './stage/player'
import { Stage } from './stage/stage'
import { PlayerContext } from './stage/use-player'

/** The clips, the clip at hand, and what is to become of it. */
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
