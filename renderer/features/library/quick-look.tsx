import { Dialog as Radix } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { titleOf } from '../../format'
import { useFormat } from '../../language/use-format'
import { Poster } from '../../ui/poster'

interface QuickLookProps {
  entry: LibraryEntry | null
  onClose: () => void
  onStep: (by: 1 | -1) => void
  onOpen: (id: string) => void
}

/** A large, playing preview above the grid. Space closes it, arrows show other results, Enter opens the result. */
export const QuickLook = ({ entry, onClose, onStep, onOpen }: QuickLookProps) => {
  const { t } = useTranslation()
  const format = useFormat()
  const keys: Record<string, () => void> = {
    ' ': onClose,
    Enter: () => entry && onOpen(entry.id),
    ArrowLeft: () => onStep(-1),
    ArrowUp: () => onStep(-1),
    ArrowRight: () => onStep(1),
    ArrowDown: () => onStep(1),
  }
  return (
    <Radix.Root onOpenChange={(open) => !open && onClose()} open={entry !== null}>
      <Radix.Portal>
        {/* Radix.Overlay would add a <style>, which the content security policy blocks. */}
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-40 flex flex-col items-center justify-center gap-3 bg-black/70 p-8 outline-none"
          onClick={onClose}
          onKeyDown={(event) => {
            const run = keys[event.key]
            if (!run) return
            event.preventDefault()
            run()
          }}
        >
          {entry?.missing === false ? (
            <video
              autoPlay
              className="max-h-[calc(100%-48px)] max-w-full animate-appear rounded-md"
              height={entry.height}
              key={entry.id}
              loop
              muted
              playsInline
              poster={entry.urls.poster ?? undefined}
              src={entry.urls.video}
              width={entry.width}
            />
          ) : (
            <div className="flex flex-col items-center gap-3 text-white">
              <Poster
                className="h-60 w-80 opacity-50"
                fit="contain"
                url={entry?.urls.poster ?? null}
              />
              {t('common.missing')}
            </div>
          )}
          <div className="flex max-w-3xl items-baseline gap-3 text-white">
            <Radix.Title className="truncate font-medium">
              {entry ? titleOf(entry.prompt, entry.fileName) : t('library.preview')}
            </Radix.Title>
            {entry ? (
              <span className="shrink-0 text-sm text-white/75">
                {format.seconds(entry.duration)} · {format.pixels(entry.width, entry.height)}
              </span>
            ) : null}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
