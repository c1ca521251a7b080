import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { welcomeHash } from '../preload/contract/bounds'
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

const Welcome = lazy(async () => ({
  default: (await import('./features/welcome/welcome-screen')).WelcomeScreen,
}))

/** The window in the person's language and theme; in a new home the first screen comes before it. */
export const App = () => {
  const settings = useSettings().data
  const [isNew, setNew] = useState(() => window.location.hash === `#${welcomeHash}`)
  useTheme(settings?.settings.theme ?? 'system')
  useEffect(() => {
    if (settings) changeLanguage(settings.language)
  }, [settings])
  const begin = () => {
    // A page that is loaded again begins with the window.
    window.history.replaceState(null, '', window.location.pathname)
    void window.reshoot.app.welcomed()
    setNew(false)
  }
  if (!isNew) return <Frame />
  return (
    <Suspense fallback={null}>
      <Welcome onBegin={begin} />
      <Toasts />
    </Suspense>
  )
}

/** The rail, the screen, and dialogs and toasts above them. */
const Frame = () => {
  const Screen = screens[usePlace(({ view }) => view)]
  const { addFiles, openFiles } = useAddAnything()
  const [sheet, setSheet] = useState(false)
  const dragged = useFileDrop(addFiles)
  useShortcut('view-edit', () => show('edit'))
  useShortcut('view-queue', () => show('queue'))
  useShortcut('view-library', () => show('library'))
  useShortcut('view-settings', () => show('settings'))
  useShortcut('files-open', () => void openFiles('any'))
  useShortcut('help-shortcuts', () => setSheet(true))
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
