import i18next from 'i18next'
import { useEffect, useState } from 'react'
import { seemingKind } from '../features/edit/file-kind'
import { toast } from '../ui/toast-store'

export interface Carried {
  clips: number
  images: number
  others: number
}

const carriedBy = (transfer: DataTransfer): Carried => {
  const carried: Carried = { clips: 0, images: 0, others: 0 }
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue
    const kind = seemingKind({ name: '', type: item.type })
    if (kind === 'clip') carried.clips += 1
    else if (kind === 'image') carried.images += 1
    else carried.others += 1
  }
  return carried
}

const hasFiles = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
  event.dataTransfer?.types.includes('Files') ?? false

/** Office programs put a picture beside the text they copy: a text field wants the text. */
const isTextForField = ({ target, clipboardData }: ClipboardEvent): boolean =>
  (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) &&
  (clipboardData?.types.includes('text/plain') ?? false)

/** Files dragged over or pasted into the window; gives what is being carried, null while nothing is. */
export const useFileDrop = (onFiles: (files: File[]) => void): Carried | null => {
  const [carried, setCarried] = useState<Carried | null>(null)
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setCarried((before) => before ?? carriedBy(event.dataTransfer))
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setCarried(null)
    }
    const onDrop = (event: DragEvent) => {
      setCarried(null)
      if (!hasFiles(event)) return
      event.preventDefault()
      const files = [...event.dataTransfer.files]
      // Names that this system's locale cannot write arrive as nothing at all.
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
  return carried
}
