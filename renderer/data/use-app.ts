import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../preload/contract'
import { toast } from '../ui/toast-store'
import { keys, useCall } from './client'
import { answered, reportFailure } from './failures'

/** Opens one of the allowed pages in the person's browser. */
export const useOpenLink = () => useCall((url: string) => window.reshoot.app.openLink({ url }))

/** Shows the folder with the logs. */
export const useOpenLogs = () => useCall(() => window.reshoot.app.openLogs())

/** Shows the licences of Electron and Chromium. */
export const useOpenEngineNotices = () => useCall(() => window.reshoot.app.openEngineNotices())

/** Whether there is a newer version. Main's event keeps it current. */
export const useUpdates = () =>
  useQuery({ queryKey: keys.updates, queryFn: () => answered(window.reshoot.updates.state()) })

/** Looks for a newer version, downloads it or installs it: what the verb says. */
export const useUpdate = (verb: 'look' | 'download' | 'install') =>
  useCall(async (): Promise<Answer<unknown>> => window.reshoot.updates[verb]())

/** The licences of everything that is shipped; read when they are wanted. */
export const useNotices = (wanted: boolean) =>
  useQuery({
    queryKey: ['notices'],
    queryFn: () => answered(window.reshoot.app.notices()),
    enabled: wanted,
  })

/** Puts text on the clipboard and confirms it with a toast. */
export const useCopy = () => {
  const { t } = useTranslation()
  return useCallback(
    (text: string) => {
      answered(window.reshoot.app.copy({ text })).then(
        () => toast({ level: 'pass', text: t('common.copied') }),
        reportFailure,
      )
    },
    [t],
  )
}

/** The report, made anew each time that it is wanted. */
export const useReport = (errorId: string | null, wanted: boolean) =>
  useQuery({
    queryKey: ['report', errorId],
    queryFn: () => answered(window.reshoot.app.report({ errorId })),
    enabled: wanted,
    gcTime: 0,
    meta: { quiet: true },
  })

/** Asks for a path and writes the report there. */
export const useSaveReport = (onSaved: (fileName: string) => void) =>
  useCall((text: string) => window.reshoot.app.saveReport({ text }), {
    onSuccess: ({ fileName }) => fileName !== null && onSaved(fileName),
  })
