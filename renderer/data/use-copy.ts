import { useMutation } from '@tanstack/react-query'
import { answered } from './answer-failure'

/** Puts text on the clipboard. */
export const useCopy = () =>
  useMutation({ mutationFn: (text: string) => answered(window.reshoot.app.copy({ text })) }).mutate
