import { describe, expect, it } from 'vitest'
import { uploadNameOf } from '../../../main/jobs/phases/prepare-phase'
import type { Facts } from '../../../preload/contract'
import { clipFacts } from '../../support/jobs-world'

describe('the name and type of an upload', () => {
  const clip = clipFacts(1)
  const image = (format: string): Facts => ({
    kind: 'image',
    format,
    width: 1,
    height: 1,
    orientation: 1,
    frames: 1,
    alpha: false,
    transparent: false,
    colourSpace: null,
    bytes: 1,
    decodes: true,
  })
  it.each([
    ['beach.mp4', clip, 'beach.mp4', 'video/mp4'],
    ['beach.MP4', clip, 'beach.MP4', 'video/mp4'],
    ['beach', clip, 'beach.mp4', 'video/mp4'],
    ['beach.avi', clip, 'beach.mp4', 'video/mp4'],
    ['v1.2 final.jpg.mp4', clip, 'v1.2 final.jpg.mp4', 'video/mp4'],
    ['photo.png', image('jpeg'), 'photo.jpg', 'image/jpeg'],
    ['photo.jpeg', image('jpeg'), 'photo.jpeg', 'image/jpeg'],
    ['海滩.heic', image('png'), '海滩.png', 'image/png'],
    ['odd.xyz', image('gif'), 'odd.xyz', 'application/octet-stream'],
  ])('%s', (name, facts, expected, contentType) => {
    expect(uploadNameOf(name, facts)).toEqual({ name: expected, contentType })
  })
})
