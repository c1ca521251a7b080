import {
  Clapperboard,
  Copy,
  FolderOpen,
  GripVertical,
  Save,
  Trash2,
  WandSparkles,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useCopy } from '../../data/use-app'
import {
  useDragOut,
  useEditAgain,
  useResultAsClip,
  useRevealResult,
  useSaveAs,
} from '../../data/use-library'
import { isMac } from '../../keyboard/shortcuts'
import { useFormat } from '../../language/use-format'
import { show } from '../../navigation'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { Poster } from '../../ui/poster'
import { toast } from '../../ui/toast-store'
import { Tooltip } from '../../ui/tooltip'

/** The file, to drag into a folder or another program. */
const FileChip = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { mutate: dragOut } = useDragOut()
  return (
    <Tooltip label={t('library.do.dragHint')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard uses Save as instead of dragging */}
      <div
        className="flex cursor-grab items-center gap-2 rounded-md border border-line p-2 transition-colors hover:bg-hover"
        data-testid="drag-out"
        draggable
        onDragStart={(event) => {
          event.preventDefault()
          dragOut(entry.id)
        }}
      >
        <GripVertical aria-hidden className="size-4 shrink-0 text-muted" />
        <Poster className="h-9 w-12" url={entry.urls.poster} />
        <div className="min-w-0 flex-1">
          <div className="truncate">{entry.fileName}</div>
          <div className="truncate text-sm text-muted">
            {format.bytes(entry.bytes)} · {t('library.do.drag')}
          </div>
        </div>
      </div>
    </Tooltip>
  )
}

/** Makes the next edit from a result; the main command of one that is no edit itself. */
const UseAsClip = ({ entry, look }: { entry: LibraryEntry; look: 'primary' | 'quiet' }) => {
  const { t } = useTranslation()
  const { mutate: addAsClip, isPending: adding } = useResultAsClip()
  return (
    <Button
      busy={adding}
      className={look === 'primary' ? 'flex-1' : undefined}
      disabled={entry.missing}
      icon={<Clapperboard aria-hidden className="size-4" />}
      look={look}
      onClick={() => addAsClip(entry.id, { onSuccess: ({ id }) => show('edit', id) })}
      size={look === 'primary' ? 'md' : 'sm'}
    >
      {t('library.do.useAsClip')}
    </Button>
  )
}

/** The commands for a result. A result whose file is missing can only be edited again or removed. */
export const EntryActions = ({ entry, onTrash }: { entry: LibraryEntry; onTrash: () => void }) => {
  const { t } = useTranslation()
  const copy = useCopy()
  const { mutate: reveal } = useRevealResult()
  const { mutate: saveAs, isPending: saving } = useSaveAs()
  const isEdit = entry.mode === 'edit'
  const { mutate: editAgain, isPending: opening } = useEditAgain()
  return (
    <div className="flex flex-col gap-3 border-b border-line p-4">
      <div className="flex items-center gap-2">
        {isEdit ? (
          <Button
            busy={opening}
            className="flex-1"
            icon={<WandSparkles aria-hidden className="size-4" />}
            look="primary"
            onClick={() =>
              editAgain(entry.id, {
                onSuccess: (made) => {
                  if (made) show('edit', made.source.clipId)
                },
              })
            }
          >
            {t('library.do.editAgain')}
          </Button>
        ) : (
          <UseAsClip entry={entry} look="primary" />
        )}
        <Button
          busy={saving}
          disabled={entry.missing}
          icon={<Save aria-hidden className="size-4" />}
          onClick={() =>
            saveAs(entry.id, {
              onSuccess: ({ fileName }) => {
                if (fileName !== null)
                  toast({ level: 'pass', text: t('library.do.saved', { name: fileName }) })
              },
            })
          }
        >
          {t('library.do.saveAs')}
        </Button>
      </div>
      {entry.missing ? null : <FileChip entry={entry} />}
      <div className="-mx-2 -my-1 flex items-center">
        <Button
          disabled={entry.missing}
          icon={<FolderOpen aria-hidden className="size-4" />}
          look="quiet"
          onClick={() => reveal(entry.id)}
          size="sm"
        >
          {t(isMac() ? 'library.do.revealMac' : 'library.do.reveal')}
        </Button>
        {isEdit ? <UseAsClip entry={entry} look="quiet" /> : null}
        <IconButton
          className="ml-auto"
          disabled={entry.prompt === ''}
          icon={<Copy aria-hidden />}
          label={t('library.do.copyPrompt')}
          onClick={() => copy(entry.prompt)}
        />
        <IconButton
          className="hover:text-fail"
          icon={<Trash2 aria-hidden />}
          onClick={onTrash}
          shortcut="library-trash"
        />
      </div>
    </div>
  )
}
