import { useCallback } from 'react'
import { useAddFiles, useAddSample, useOpenFiles } from '../../data/use-media'
import { chooseClip, show } from '../../navigation'
import { takeDropped, takeItems } from './take-files'

/** Failures are told by the mutation cache; here they only end the chain. */
const ignore = () => undefined

/** The ways a file comes in: dropped or pasted, by the Open dialog, or the sample clip. */
export const useAddAnything = () => {
  const { mutateAsync: add } = useAddFiles()
  const { mutateAsync: open, isPending: opening } = useOpenFiles()
  const { mutateAsync: sample, isPending: sampling } = useAddSample()
  return {
    addFiles: useCallback(
      (files: readonly File[]) =>
        files.length > 0 ? add([...files]).then(takeDropped, ignore) : Promise.resolve(),
      [add],
    ),
    openFiles: useCallback(
      (what: 'any' | 'clips' | 'images') => open(what).then(takeItems, ignore),
      [open],
    ),
    addSample: useCallback(
      () =>
        sample().then(({ id }) => {
          show('edit')
          chooseClip(id)
        }, ignore),
      [sample],
    ),
    opening,
    sampling,
  }
}
