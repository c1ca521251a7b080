import { useTranslation } from 'react-i18next'
import type { ToolState, ToolStates } from '../../../preload/contract'
import { oldestFfmpeg } from '../../../preload/contract/bounds'
import { useChooseTool } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { VerdictMark } from '../../ui/verdict-mark'
import { Card, Section } from './section'

type ToolName = 'ffmpeg' | 'ffprobe'

/** Why this ffmpeg is used, and why others of this computer are not. */
const Why = ({ tool: { origin, passedOver } }: { tool: ToolState }) => {
  const { t } = useTranslation()
  if (origin === 'chosen') return null
  return (
    <ul className="mt-1 text-sm text-muted">
      <li>{t(`settings.tools.why.${origin}`, { min: oldestFfmpeg })}</li>
      {passedOver.map(({ path, version, why, detail }) => (
        <li className="break-words" key={path}>
          {t(`settings.tools.passedOver.${why}`, {
            file: version === null ? path : `${path} (${version})`,
            detail,
            min: oldestFfmpeg,
          })}
        </li>
      ))}
    </ul>
  )
}

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
          {t(`settings.tools.${tool.origin}`)}
          {tool.version === null
            ? null
            : ` · ${t('settings.tools.version', { version: tool.version })}`}
        </p>
        <p className="mt-1 font-mono text-sm break-all text-muted" dir="ltr">
          {tool.path}
        </p>
        {name === 'ffmpeg' ? <Why tool={tool} /> : null}
        {tool.problem === null ? null : (
          <p className="mt-2 flex items-start gap-2" role="alert">
            <VerdictMark className="mt-0.5" mark="fail" />
            {t('settings.tools.problem', { problem: tool.problem })}
          </p>
        )}
      </div>
      <div className="flex shrink-0 gap-1">
        {tool.origin !== 'chosen' ? null : (
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
