import { useMutation, useQuery } from '@tanstack/react-query'
import type { BucketSettings, BucketView } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { renewChecks } from './draft-checks'
import { keys } from './keys'

/** What is set of the bucket, and what of it comes from the environment. */
export const useBucket = () =>
  useQuery({ queryKey: keys.bucket, queryFn: () => answered(window.reshoot.bucket.get()) })

/** Drafts that waited for a bucket look different now. */
const remember = (view: BucketView) => {
  client.setQueryData(keys.bucket, view)
  renewChecks()
}

export interface BucketChange {
  /** What is left out stays as it is. */
  settings?: BucketSettings
  accessKeyId?: string
  secretAccessKey?: string
}

export const useSetBucket = () =>
  useMutation({
    mutationFn: (change: BucketChange) => answered(window.reshoot.bucket.set(change)),
    onSuccess: remember,
  })

export const useClearBucket = () =>
  useMutation({ mutationFn: () => answered(window.reshoot.bucket.clear()), onSuccess: remember })

/** Really writes, reads by the presigned address, and deletes. */
export const useTestBucket = () =>
  useMutation({ mutationFn: () => answered(window.reshoot.bucket.test()) })
