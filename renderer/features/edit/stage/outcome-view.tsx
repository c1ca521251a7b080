import { Copy } from 'lucide-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreparedFile } from '../../../../preload/contract'
import { pixelsOf } from '../../../../preload/contract/reframe'
import { useCopy } from '../../../data/use-app'
import { useFormat } from '../../../language/use-format'
import { IconButton } from '../../../ui/icon-button'
import { VerdictMark } from '../../../ui/verdict-mark'
import { figuresOf } from '../file-kind'

/** As large as fits in the picture's ratio, so the controls of the player lie on the picture. */
const pictureSize = ({ facts }: PreparedFile): CSSProperties => {
  const pixels = pixelsOf(facts)
  if (pixels === null) return { maxWidth: '100%' }
  const ratio = pixels.width / pixels.height
  return { aspectRatio: ratio, width: `min(100cqw, ${100 * ratio}cqh)` }
}

/** The prepared clip, with selection and fixes applied. It covers the stage. */
export const OutcomeView = ({ outcome }: { outcome: PreparedFile }) => {
  const { t } = useTranslation()
  const copy = useCopy()
  const format = useFormat()
  const { command, report } = outcome
  return (
    <div className="absolute inset-0 flex flex-col bg-stage">
      <div className="[container-type:size] m-3 flex min-h-0 flex-1 items-center justify-center">
        {/* biome-ignore lint/a11y/useMediaCaption: the user's clips have no captions */}
        <video
          autoPlay
          controls
          controlsList="nodownload nofullscreen noremoteplayback"
          data-testid="outcome"
          loop
          src={outcome.url}
          style={pictureSize(outcome)}
        />
      </div>
      <div className="flex items-center gap-2 bg-panel px-4 py-1.5 text-sm">
        <VerdictMark label={t(`common.verdict.${report.verdict}`)} mark={report.verdict} />
        <span>{[...figuresOf(outcome, format, 2), format.bytes(outcome.bytes)].join(' · ')}</span>
        {command ? (
          <>
            <code className="min-w-0 flex-1 truncate text-right text-xs text-muted" title={command}>
              {command}
            </code>
            <IconButton
              icon={<Copy />}
              label={t('edit.stage.copyCommand')}
              onClick={() => copy(command)}
              size="sm"
            />
          </>
        ) : null}
      </div>
    </div>
  )
}
