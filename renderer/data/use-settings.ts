import { useMutation, useQuery } from '@tanstack/react-query'
import type { SettingsPatch, SettingsView } from '../../preload/contract'
import { changeLanguage } from '../language'
import { answered } from './answer-failure'
import { client } from './client'
import { keys } from './keys'

const remember = (view: SettingsView) => {
  client.setQueryData(keys.settings, view)
  changeLanguage(view.language)
}

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: () => answered(window.reshoot.settings.get()) })

/** ffmpeg and ffprobe: which, and what they say of themselves. */
export const useTools = () =>
  useQuery({ queryKey: keys.tools, queryFn: () => answered(window.reshoot.settings.tools()) })

export const useChangeSettings = () =>
  useMutation({
    mutationFn: (patch: SettingsPatch) => answered(window.reshoot.settings.set(patch)),
    onSuccess: remember,
  })

/** Asks for a folder; unchanged when dismissed. */
export const useChooseLibraryFolder = () =>
  useMutation({
    mutationFn: () => answered(window.reshoot.settings.chooseLibraryFolder()),
    onSuccess: remember,
  })

/** Asks for an executable and tries it; `reset` goes back to the bundled one. */
export const useChooseTool = () =>
  useMutation({
    mutationFn: (input: { tool: 'ffmpeg' | 'ffprobe'; reset: boolean }) =>
      answered(window.reshoot.settings.chooseTool(input)),
    onSuccess: remember,
  })
