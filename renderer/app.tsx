import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { useSettings } from './data/use-settings'
import { useAddAnything } from './features/edit/add-files'
import { EditScreen } from './features/edit/edit-screen'
import { CostDialog } from './frame/cost-dialog'
import { DropOverlay, useFileDrop } from './frame/file-drop'
import { PausedBanner } from './frame/paused-banner'
import { Rail } from './frame/rail'
import { ReportDialog } from './frame/report-dialog'
import { ShortcutSheet } from './frame/shortcut-sheet'
import { useShortcut } from './keyboard/use-shortcut'
import { changeLanguage } from './language'
import { show, usePlace, type View } from './navigation'
import { useTheme } from './theme'
import { Toasts } from './ui/toasts'

/** The window opens on Edit: other screens are loaded when they are first shown. */
const screens: Record<View, ComponentType> = {
  edit: EditScreen,
  queue: lazy(async () => ({
    default: (await import('./features/queue/queue-screen')).QueueScreen,
  })),
  library: lazy(async () => ({
    default: (await import('./features/library/library-screen')).LibraryScreen,
  })),
  settings: lazy(async () => ({
    default: (await import('./features/settings/settings-screen')).SettingsScreen,
  })),
}

/** The window: the rail, the screen, and dialogs and toasts above them. */
export const App = () => {
  const Screen = screens[usePlace(({ view }) => view)]
  const settings = useSettings().data
  const { addFiles, openFiles } = useAddAnything()
  const [sheet, setSheet] = useState(false)
  const dragged = useFileDrop(addFiles)
  useTheme(settings?.settings.theme ?? 'system')
  useShortcut('view-edit', () => show('edit'))
  useShortcut('view-queue', () => show('queue'))
  useShortcut('view-library', () => show('library'))
  useShortcut('view-settings', () => show('settings'))
  useShortcut('files-open', () => void openFiles('any'))
  useShortcut('help-shortcuts', () => setSheet(true))
  useEffect(() => {
    if (settings) changeLanguage(settings.language)
  }, [settings])
  return (
    <div className="flex h-full">
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <PausedBanner />
        <main className="min-h-0 flex-1">
          <Suspense fallback={null}>
            <Screen />
          </Suspense>
        </main>
      </div>
      <input
        aria-hidden
        className="hidden"
        data-testid="file-input"
        multiple
        onChange={({ currentTarget }) => {
          void addFiles([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
        tabIndex={-1}
        type="file"
      />
      {dragged ? <DropOverlay dragged={dragged} /> : null}
      <ShortcutSheet onOpenChange={setSheet} open={sheet} />
      <CostDialog />
      <ReportDialog />
      <Toasts />
    </div>
  )
}
