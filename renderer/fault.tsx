import i18next from 'i18next'
import { Component, type ReactNode } from 'react'
import { Button } from './ui/button'
import { EmptyState } from './ui/empty-state'

/** Shows a sentence and a Reload button instead of a window that failed to render. */
export class Fault extends Component<{ children: ReactNode }, { hit: boolean }> {
  override state = { hit: false }

  static getDerivedStateFromError() {
    return { hit: true }
  }

  override render() {
    if (!this.state.hit) return this.props.children
    return (
      <EmptyState
        sentence={i18next.t('common.crash.sentence')}
        title={i18next.t('common.crash.title')}
      >
        <Button look="primary" onClick={() => window.location.reload()}>
          {i18next.t('common.crash.reload')}
        </Button>
      </EmptyState>
    )
  }
}
