import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useFormat } from '../../language/use-format'
import { useLanguage } from '../../language/use-language'
import { Tooltip } from '../../ui/tooltip'
import { calendarDay, clockTime, costOf, dayOf, type Priced } from './job-words'
import { nextStep, secondsUntil } from './next-step'
import { useClock } from './use-clock'

/** Seconds before another try from which on a countdown is shown; before that, the time of day. */
const countdown = 90

const CountDown = ({ verb, at }: { verb: 'asks' | 'tries' | 'alone'; at: number }) => {
  const { t } = useTranslation()
  const language = useLanguage()
  const seconds = useClock((now) => secondsUntil(at, now))
  if (seconds === 0) return t(`queue.next.${verb}Now`)
  return verb !== 'asks' && seconds > countdown
    ? t(`queue.next.${verb}At`, { time: clockTime(at, language) })
    : t(`queue.next.${verb}Again`, { seconds })
}

/** What the app does next for the job. */
export const NextStepLine = ({
  job,
}: {
  job: Pick<Job, 'state' | 'nextPollAt' | 'trouble' | 'failure'>
}) => {
  const { t } = useTranslation()
  const step = nextStep(job)
  if (!step) return null
  return (
    <span>
      {'at' in step ? <CountDown at={step.at} verb={step.verb} /> : t(`queue.next.${step.say}`)}
    </span>
  )
}

/** A time to come as "14:20 tomorrow"; null once it is over. */
export const useWhen = (time: number): string | null => {
  const { t } = useTranslation()
  const language = useLanguage()
  const day = useClock((now) => dayOf(time, now))
  const clock = clockTime(time, language)
  const when = {
    past: null,
    today: t('queue.whenToday', { time: clock }),
    tomorrow: t('queue.whenTomorrow', { time: clock }),
    later: t('queue.whenDay', { time: clock, day: calendarDay(time, language) }),
  }
  return when[day]
}

/** Until when the provider keeps the task and the result. */
export const KeptUntil = ({ expiresAt }: { expiresAt: number }) => {
  const { t } = useTranslation()
  const when = useWhen(expiresAt)
  if (when === null) return <span className="text-warn">{t('queue.notKept')}</span>
  return <span>{t('queue.kept', { when })}</span>
}

const billedWords = (seconds: string | null, amount: string | null, t: TFunction): string => {
  if (seconds === null) return t('queue.billedAmount', { amount })
  return amount === null
    ? t('queue.billedNoAmount', { seconds })
    : t('queue.billed', { seconds, amount })
}

/** The estimate while the job is in progress, the billed amount once it is known. */
export const CostLine = ({ job }: { job: Priced }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const cost = costOf(job)
  const seconds = (value: number) => format.count(Math.round(value * 10) / 10)
  switch (cost.kind) {
    case 'none':
      return null
    case 'free':
      return <span>{t('queue.free')}</span>
    case 'estimate':
      return (
        <Tooltip label={t('queue.estimateHint')}>
          <span>
            {t('queue.estimate', {
              seconds: seconds(cost.seconds),
              amount: format.moneyRange(cost.amount, cost.most, cost.currency),
            })}
          </span>
        </Tooltip>
      )
    case 'billed': {
      const amount = cost.amount === null ? null : format.money(cost.amount, cost.currency)
      const billed = billedWords(cost.seconds === null ? null : seconds(cost.seconds), amount, t)
      const estimated = cost.instead === null ? null : format.money(cost.instead, cost.currency)
      return <span>{estimated ? t('queue.billedInstead', { billed, estimated }) : billed}</span>
    }
  }
}
