import { useTranslation } from 'react-i18next'
import { answerCostQuestion, useCostQuestion } from '../data/cost-question'
import { useFormat } from '../language/use-format'
import { show } from '../navigation'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

/** Asks before a submission that may cost more than the person's limit. */
export const CostDialog = () => {
  const { t } = useTranslation()
  const format = useFormat()
  const question = useCostQuestion()
  if (!question) return null
  const { amount, limit, unit, count } = question
  return (
    <Dialog
      description={t('spending.confirm.text', { limit: format.money(limit, unit) })}
      footer={
        <>
          <Button
            className="mr-auto"
            look="quiet"
            onClick={() => {
              answerCostQuestion(false)
              show('settings', 'spending')
            }}
          >
            {t('spending.confirm.settings')}
          </Button>
          <Button onClick={() => answerCostQuestion(false)}>{t('common.cancel')}</Button>
          <Button
            data-testid="confirm-cost"
            look="primary"
            onClick={() => answerCostQuestion(true)}
          >
            {t('spending.confirm.submit')}
          </Button>
        </>
      }
      onOpenChange={(open) => !open && answerCostQuestion(false)}
      open
      title={t('spending.confirm.title', { count, amount: format.money(amount, unit) })}
    />
  )
}
