import { shortcutKeys } from '../keyboard/shortcut-keys'
import type { ShortcutId } from '../keyboard/shortcuts'

/** The keys of a shortcut as small caps: Ctrl ↵. */
export const Kbd = ({ shortcut }: { shortcut: ShortcutId }) => (
  <span aria-hidden className="inline-flex shrink-0 gap-0.5 text-xs opacity-75">
    {shortcutKeys(shortcut).map((key) => (
      <kbd className="min-w-4 rounded-sm bg-current/15 px-1 text-center font-sans" key={key}>
        <span className="opacity-100">{key}</span>
      </kbd>
    ))}
  </span>
)
