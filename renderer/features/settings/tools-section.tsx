import { useTranslation } from 'react-i18next'
import type { ToolState, ToolStates } from '../../../preload/contract'
import { useChooseTool } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { VerdictMark } from '../../ui/verdict-mark'
import { Card, Section } from './section'

type ToolName = 'ffmpeg' | 'ffprobe'

const ToolRow = ({ name, tool }: { name: ToolName; tool: ToolState }) => {
  const { t } = useTranslation()
  const { mutate: choose, isPending } = useChooseTool()
  return (
    <section aria-label={name} className="flex items-start gap-4 p-4">
      <div className="min-w-0 flex-1">
        <h3 className="flex items-baseline gap-2">
          <span className="font-medium">{name}</span>
          <span className="text-sm text-muted">{t(`settings.tools.${name}Text`)}</span>
        </h3>
        <p className="text-sm text-muted">
          {t(tool.bundled ? 'settings.tools.bundled' : 'settings.tools.own')}
          {tool.version === null
            ? null
            : ` · ${t('settings.tools.version', { version: tool.version })}`}
        </p>
        <p className="mt-1 font-mono text-sm break-all text-muted" dir="ltr">
          {tool.path}
        </p>
        {tool.problem === null ? null : (
          <p className="mt-2 flex items-start gap-2" role="alert">
            <VerdictMark className="mt-0.5" mark="fail" />
            {t('settings.tools.problem', { problem: tool.problem })}
          </p>
        )}
      </div>
      <div className="flex shrink-0 gap-1">
        {tool.bundled ? null : (
          <Button
            disabled={isPending}
            look="quiet"
            onClick={() => choose({ tool: name, reset: true })}
          >
            {t('settings.tools.reset')}
          </Button>
        )}
        <Button
          aria-label={t('settings.tools.chooseOf', { name })}
          busy={isPending}
          onClick={() => choose({ tool: name, reset: false })}
        >
          {t('settings.tools.choose')}
        </Button>
      </div>
    </section>
  )
}

/** The executables that read and convert clips. */
export const ToolsSection = ({ tools }: { tools: ToolStates }) => {
  const { t } = useTranslation()
  return (
    <Section id="tools" intro={t('settings.tools.intro')}>
      <Card>
        <ToolRow name="ffmpeg" tool={tools.ffmpeg} />
        <ToolRow name="ffprobe" tool={tools.ffprobe} />
      </Card>
    </Section>
  )
}
