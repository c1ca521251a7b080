import { useMutation } from '@tanstack/react-query'
import { answered } from './answer-failure'

/** Shows the folder with the logs. */
export const useOpenLogs = () =>
  useMutation({ mutationFn: () => answered(window.reshoot.app.openLogs()) })
