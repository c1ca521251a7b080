import { useTranslation } from 'react-i18next'
import { type Shortcut, type ShortcutId, shortcuts } from '../keyboard/shortcuts'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'

const groups: readonly Shortcut['group'][] = ['window', 'edit', 'player', 'library']
const ids = Object.keys(shortcuts) as ShortcutId[]

/** All shortcuts on one page. */
export const ShortcutSheet = ({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) => {
  const { t } = useTranslation()
  return (
    <Dialog
      closeLabel={t('common.close')}
      onOpenChange={onOpenChange}
      open={open}
      title={t('common.shortcuts.title')}
      wide
    >
      <div className="columns-2 gap-10">
        {groups.map((group) => (
          <section className="mb-5" key={group}>
            <h3 className="mb-1 break-after-avoid text-sm text-muted">
              {t(`common.shortcuts.groups.${group}`)}
            </h3>
            <dl>
              {ids
                .filter((id) => shortcuts[id].group === group)
                .map((id) => (
                  <div
                    className="flex h-7 break-inside-avoid items-center justify-between gap-4"
                    key={id}
                  >
                    <dt className="truncate">{t(`common.shortcuts.names.${id}`)}</dt>
                    <dd>
                      <Kbd shortcut={id} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
