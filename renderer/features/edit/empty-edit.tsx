import { Clapperboard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { useAddAnything } from './use-add-anything'

/** Before the first clip. */
export const EmptyEdit = () => {
  const { t } = useTranslation()
  const { openFiles, addSample, opening, sampling } = useAddAnything()
  return (
    <EmptyState icon={<Clapperboard />} sentence={t('edit.empty.sentence')}>
      <Button busy={opening} look="primary" onClick={() => void openFiles('any')}>
        {t('edit.empty.open')}
      </Button>
      <Button busy={sampling} look="ghost" onClick={() => void addSample()}>
        {t('edit.empty.sample')}
      </Button>
    </EmptyState>
  )
}
