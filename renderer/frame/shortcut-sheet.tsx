import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { type Shortcut, type ShortcutId, shortcuts } from '../keyboard/shortcuts'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'

type GroupName = Shortcut['group']

/** In an order that balances two and three columns. */
export const sheetGroups: readonly GroupName[] = ['window', 'player', 'edit', 'trim', 'library']

/** The rows of a group; shortcuts with the same name share a row. */
export const rowsOf = (
  group: GroupName,
  nameOf: (id: ShortcutId) => string,
): { name: string; ids: ShortcutId[] }[] => {
  const all = Object.keys(shortcuts) as ShortcutId[]
  const inGroup = all.filter((id) => shortcuts[id].group === group)
  return Array.from(Map.groupBy(inGroup, nameOf), ([name, ids]) => ({ name, ids }))
}

const Group = ({ group }: { group: GroupName }) => {
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

/** A list of all shortcuts. */
export const ShortcutSheet = (
  props: Pick<ComponentProps<typeof Dialog>, 'open' | 'onOpenChange'>,
) => {
  const { t } = useTranslation()
  return (
    <Dialog {...props} size="sheet" title={t('common.shortcuts.title')}>
      <div className="columns-2 gap-10 pr-2 min-[1100px]:columns-3">
        {sheetGroups.map((group) => (
          <Group group={group} key={group} />
        ))}
      </div>
    </Dialog>
  )
}
