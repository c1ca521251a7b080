import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { decoderCheck } from '../../../main/media/clips/decoders'
import { mediaFolder } from '../../support/media-folder'

const { fresh } = mediaFolder()

const list =
  ' V....D libaom-av1           libaom AV1 (codec av1)\n V....D cinepak              Cinepak\n'
const rare = ['av1', 'cinepak', 'magicyuv']

/** An ffmpeg that runs a shell script instead. */
const ffmpegThat = async (script: string): Promise<string> => {
  const path = fresh('.sh')
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

const never = new AbortController().signal

test('the list of decoders reaches those who still wait for it when another one gives up', async () => {
  const answer = fresh('.txt')
  const ffmpeg = await ffmpegThat(
    `while [ ! -e '${answer}' ]; do sleep 0.05; done; printf '${list.replaceAll('\n', '\\n')}'`,
  )
  const giving = new AbortController()
  const first = decoderCheck(ffmpeg, rare, giving.signal)
  const second = decoderCheck(ffmpeg, rare, never)
  giving.abort()
  await expect(first).rejects.toMatchObject({ name: 'AbortError' })
  await writeFile(answer, '')
  expect(rare.map(await second)).toEqual([true, true, false])
})

test('an ffmpeg without a list counts as decoding all, until it gives one', async () => {
  const answer = fresh('.txt')
  const ffmpeg = await ffmpegThat(`cat '${answer}'`)
  expect(rare.map(await decoderCheck(ffmpeg, rare, never))).toEqual([true, true, true])
  await writeFile(answer, list)
  expect(rare.map(await decoderCheck(ffmpeg, rare, never))).toEqual([true, true, false])
})

test('ffmpeg is not asked about common codecs', async () => {
  const decodes = await decoderCheck('/nowhere', ['h264', 'hevc'], never)
  expect(decodes('h264')).toBe(true)
})
