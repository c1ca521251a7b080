import { useTranslation } from 'react-i18next'
import type { Shortcut } from '../keyboard/shortcuts'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { rowsOf, sheetGroups } from './shortcut-rows'

const Group = ({ group }: { group: Shortcut['group'] }) => {
  const { t } = useTranslation()
  return (
    <section className="break-inside-avoid pb-4">
      <h3 className="mb-1 text-sm text-muted">{t(`common.shortcuts.groups.${group}`)}</h3>
      <dl>
        {rowsOf(group, (id) => t(`common.shortcuts.names.${id}`)).map(({ name, ids }) => (
          <div className="flex h-[26px] items-center justify-between gap-4" key={name}>
            <dt className="truncate">{name}</dt>
            <dd className="flex gap-2">
              {ids.map((id) => (
                <Kbd key={id} shortcut={id} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface ShortcutSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** All shortcuts on one page. */
export const ShortcutSheet = ({ open, onOpenChange }: ShortcutSheetProps) => {
  const { t } = useTranslation()
  return (
    <Dialog
      onOpenChange={onOpenChange}
      open={open}
      title={t('common.shortcuts.title')}
      size="sheet"
    >
      <div className="columns-2 gap-10 pr-2 min-[1100px]:columns-3">
        {sheetGroups.map((group) => (
          <Group group={group} key={group} />
        ))}
      </div>
    </Dialog>
  )
}
