import i18next from 'i18next'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMediaItem } from '../data/use-media'
import { kindOf, seemingKind } from '../features/edit/file-kind'
import { usePlace } from '../navigation'
import { toast } from '../ui/toast-store'

/** The number of dragged files by kind. */
const countDragged = (transfer: DataTransfer) => {
  const files = [...transfer.items].filter(({ kind }) => kind === 'file')
  const kinds = files.map(({ type }) => seemingKind({ name: '', type }))
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length
  return { clips: count('clip'), images: count('image'), others: count('other') }
}

type Dragged = ReturnType<typeof countDragged>

const hasFiles = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
  event.dataTransfer?.types.includes('Files') ?? false

/** Whether a text field should get the pasted text: office programs copy a picture along with it. */
const isTextForField = ({ target, clipboardData }: ClipboardEvent): boolean =>
  (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) &&
  (clipboardData?.types.includes('text/plain') ?? false)

/** Handles files that are dropped or pasted; gives the files being dragged over the window, else null. */
export const useFileDrop = (place: (files: File[]) => void): Dragged | null => {
  const onFiles = useEffectEvent(place)
  const [dragged, setDragged] = useState<Dragged | null>(null)
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setDragged((before) => before ?? countDragged(event.dataTransfer))
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragged(null)
    }
    const onDrop = (event: DragEvent) => {
      setDragged(null)
      if (!hasFiles(event)) return
      event.preventDefault()
      const files = [...event.dataTransfer.files]
      // Files whose names the system's locale cannot encode are missing from the list.
      if (files.length === 0) toast({ level: 'fail', text: i18next.t('common.drop.nothing') })
      onFiles(files)
    }
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || isTextForField(event)) return
      event.preventDefault()
      onFiles(files)
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('dragenter', onOver, { signal })
    window.addEventListener('dragover', onOver, { signal })
    window.addEventListener('dragleave', onLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    window.addEventListener('paste', onPaste, { signal })
    return () => listening.abort()
  }, [])
  return dragged
}

/** Shows what dropping the files over the window will do. */
export const DropOverlay = ({ dragged }: { dragged: Dragged }) => {
  const { t } = useTranslation()
  const item = useMediaItem(usePlace().clipId)
  const editing = item !== undefined && kindOf(item) === 'clip'
  const { clips, images, others } = dragged
  const ofImages = editing && clips === 0 ? 'common.drop.imagesForEdit' : 'common.drop.images'
  const lines = [
    clips > 0 && t('common.drop.clips', { count: clips }),
    images > 0 && t(ofImages, { count: images }),
    others > 0 && t('common.drop.others', { count: others }),
    // Some systems name the files only when they are dropped.
    clips + images + others === 0 && t('common.drop.some'),
  ].filter((line) => line !== false)
  return (
    <div
      className="pointer-events-none fixed inset-0 z-50 flex animate-appear items-center justify-center bg-window/98 p-4"
      data-testid="drop-overlay"
      role="status"
    >
      <div className="flex size-full flex-col items-center justify-center gap-1 rounded-lg border-2 border-dashed border-accent text-center">
        {lines.map((line) => (
          <p className="text-2xl font-medium" key={line}>
            {line}
          </p>
        ))}
        <p className="text-muted">{t('common.drop.stays')}</p>
      </div>
    </div>
  )
}
