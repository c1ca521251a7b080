import i18next from 'i18next'
import { Component, type ReactNode } from 'react'
import { noteFault } from './data/faults'
import { Button } from './ui/button'
import { EmptyState } from './ui/empty-state'

/** Nothing is shown of what fails: the window may be too broken for toasts and dialogs. */
const saveReport = async (errorId: string): Promise<void> => {
  const report = await window.reshoot.app.report({ errorId })
  if (report.ok) await window.reshoot.app.saveReport({ text: report.value })
}

/** Shows a sentence with the error's id, Reload and the report, instead of a window that failed to render. */
export class Fault extends Component<{ children: ReactNode }, { hit: boolean; id: string }> {
  override state = { hit: false, id: '' }

  static getDerivedStateFromError() {
    return { hit: true }
  }

  override componentDidCatch(error: unknown) {
    this.setState({ id: noteFault(error) })
  }

  override render() {
    const { hit, id } = this.state
    if (!hit) return this.props.children
    return (
      <EmptyState
        sentence={i18next.t('common.crash.sentence', { id })}
        title={i18next.t('common.crash.title')}
      >
        <Button onClick={() => void saveReport(id)}>{i18next.t('common.crash.report')}</Button>
        <Button look="primary" onClick={() => window.location.reload()}>
          {i18next.t('common.crash.reload')}
        </Button>
      </EmptyState>
    )
  }
}
