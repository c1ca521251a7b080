import { useTranslation } from 'react-i18next'
import { PartList } from './part-list'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import { TrimStrip, ZoomBar } from './trim-strip'
import { type TrimPanelProps, useTrimPanel, useTrimShortcuts } from './use-trim-panel'

/** Selects the parts of the clip to send: transport, strip with handles, and figures. */
export const TrimPanel = (props: TrimPanelProps) => {
  const { t } = useTranslation()
  const panel = useTrimPanel(props)
  useTrimShortcuts(panel)
  return (
    <section
      aria-label={t('edit.trim.region')}
      className="flex shrink-0 flex-col border-t border-line bg-panel px-3 pt-2 pb-3"
    >
      <Transport panel={panel} />
      <TrimStrip panel={panel} />
      <ZoomBar panel={panel} />
      <TrimFigures panel={panel} />
      <PartList panel={panel} />
    </section>
  )
}
