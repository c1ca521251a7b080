import { create } from 'zustand'

interface Asked {
  open: boolean
  /** The error that the report is about; null for none. */
  errorId: string | null
}

/** Whether the dialog with a report is open. */
export const useReportDialog = create<Asked>(() => ({ open: false, errorId: null }))

export const openReport = (errorId: string | null = null): void =>
  useReportDialog.setState({ open: true, errorId })

export const closeReport = (): void => useReportDialog.setState({ open: false })
