import i18next from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMediaItem } from '../data/use-media'
import { kindOf, seemingKind } from '../features/edit/file-kind'
import { usePlace } from '../navigation'
import { toast } from '../ui/toast-store'

/** The number of dragged files by kind. */
interface Dragged {
  clips: number
  images: number
  others: number
}

const countDragged = (transfer: DataTransfer): Dragged => {
  const dragged: Dragged = { clips: 0, images: 0, others: 0 }
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue
    const kind = seemingKind({ name: '', type: item.type })
    if (kind === 'clip') dragged.clips += 1
    else if (kind === 'image') dragged.images += 1
    else dragged.others += 1
  }
  return dragged
}

const hasFiles = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
  event.dataTransfer?.types.includes('Files') ?? false

/** Whether a text field should get the pasted text: office programs copy a picture along with it. */
const isTextForField = ({ target, clipboardData }: ClipboardEvent): boolean =>
  (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) &&
  (clipboardData?.types.includes('text/plain') ?? false)

/** Handles files that are dropped or pasted; gives the files being dragged over the window, else null. */
export const useFileDrop = (onFiles: (files: File[]) => void): Dragged | null => {
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
    window.addEventListener('dragenter', onOver)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragenter', onOver)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [onFiles])
  return dragged
}

/** Shows what dropping the files over the window will do. */
export const DropOverlay = ({ dragged }: { dragged: Dragged }) => {
  const { t } = useTranslation()
  const item = useMediaItem(usePlace().clipId)
  const editing = item !== undefined && kindOf(item) === 'clip'
  const { clips, images, others } = dragged
  const lines = [
    ...(clips > 0 ? [t('common.drop.clips', { count: clips })] : []),
    ...(images > 0
      ? [
          editing && clips === 0
            ? t('common.drop.imagesForEdit', { count: images })
            : t('common.drop.images', { count: images }),
        ]
      : []),
    ...(others > 0 ? [t('common.drop.others', { count: others })] : []),
    // Some systems name the files only when they are dropped.
    ...(clips + images + others === 0 ? [t('common.drop.some')] : []),
  ]
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
