import { type ShortcutId, shortcutKeys } from '../keyboard/shortcuts'

/** The keys of a shortcut, each in a small box: Ctrl ↵. */
export const Kbd = ({ shortcut }: { shortcut: ShortcutId }) => (
  <span aria-hidden className="inline-flex shrink-0 gap-0.5 text-xs opacity-75">
    {shortcutKeys(shortcut).map((key) => (
      <kbd className="min-w-4 rounded-sm bg-current/15 px-1 text-center font-sans" key={key}>
        {key}
      </kbd>
    ))}
  </span>
)
