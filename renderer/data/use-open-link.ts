import { useMutation } from '@tanstack/react-query'
import { answered } from './answer-failure'

/** Opens one of the allowed pages in the person's browser. */
export const useOpenLink = () =>
  useMutation({ mutationFn: (url: string) => answered(window.reshoot.app.openLink({ url })) })
