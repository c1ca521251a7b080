import { useQuery } from '@tanstack/react-query'
import { client, keys, useCall } from './client'
import { answered } from './failures'

/** The prompts that were submitted, starred ones first. Asked for each time they are shown. */
export const usePrompts = () =>
  useQuery({
    queryKey: keys.prompts,
    queryFn: () => answered(window.reshoot.prompts.list()),
    refetchOnMount: 'always',
  })

/** Keeps a prompt for good, or no longer. */
export const useStarPrompt = () =>
  useCall((input: { text: string; starred: boolean }) => window.reshoot.prompts.star(input), {
    onSuccess: (list) => client.setQueryData(keys.prompts, list),
  })
