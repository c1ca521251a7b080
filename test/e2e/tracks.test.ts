import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bundledFfmpeg } from '../../main/media/tool-paths'
import { launchApp } from '../support/app'
import { jobIn, libraryOf } from '../support/app-verbs'
import { probe } from '../support/probe'
import { editScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'

const ffmpeg = async (...args: string[]) =>
  promisify(execFile)(bundledFfmpeg(), ['-v', 'error', ...args], { encoding: 'buffer' })

/** A red picture lying down and, as the second track, a blue one standing up. */
const makeTwoTracks = async (): Promise<string> => {
  const file = path.join(temporaryFolder(), 'two tracks.mp4')
  const picture = (colour: string, size: string) => [
    ...['-f', 'lavfi', '-t', '3', '-i', `color=${colour}:size=${size}:rate=25`],
  ]
  await ffmpeg(
    ...picture('red', '640x360'),
    ...picture('blue', '360x640'),
    ...['-map', '0:v', '-map', '1:v', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file],
  )
  return file
}

/** Whether the first picture of a file is more blue than red. */
const isBlue = async (file: string): Promise<boolean> => {
  const { stdout } = await ffmpeg(
    ...['-i', file, '-frames:v', '1', '-vf', 'scale=1:1', '-pix_fmt', 'rgb24'],
    ...['-f', 'rawvideo', '-'],
  )
  const [red = 0, , blue = 0] = stdout
  return blue > red
}

test('the second video track is chosen, looked at and sent', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  await app.drop([await makeTwoTracks()])
  await edit.row('two tracks.mp4').waitFor()
  await page.locator('[data-remedy="keep-first-track"]').click()

  const track = page.getByRole('button', { name: /^Video track/ })
  expect(await track.textContent()).toBe('Track 1')
  await track.click()
  await page.getByRole('menuitemradio', { name: 'Track 2' }).click()
  await expect.poll(() => track.textContent()).toBe('Track 2')
  const forecast = page.getByTestId('outcome-forecast')
  await expect.poll(() => forecast.textContent()).toContain('640 × 360→360 × 640')

  await page.getByRole('button', { name: 'Preview the outcome' }).click()
  const shown = page.getByTestId('outcome')
  await expect
    .poll(() =>
      shown.evaluate((element) =>
        element instanceof HTMLVideoElement ? [element.videoWidth, element.videoHeight] : null,
      ),
    )
    .toEqual([360, 640])
  const prepared = path.join(app.home, 'prepared')
  const [made] = (await readdir(prepared, { recursive: true })).filter((name) =>
    name.endsWith('.mp4'),
  )
  if (!made) throw new Error('Nothing was prepared')
  const file = path.join(prepared, made)
  expect(await probe(file)).toMatchObject({ codecs: ['h264'], width: 360, height: 640 })
  expect(await isBlue(file)).toBe(true)

  // News float above the picture, never above the switch back to the clip.
  await app.drop([temporaryFolder()])
  await page.getByText('There are no files in what was dropped.', { exact: true }).waitFor()
  await page.getByRole('radio', { name: 'Clip', exact: true }).click()
  await shown.waitFor({ state: 'detached' })

  await edit.prompt.fill('vignette')
  await page.locator('[data-testid="submit"][data-state="ready"]').click()
  await jobIn(app, 'saved')
  const [entry] = await libraryOf(app)
  expect([entry?.width, entry?.height]).toEqual([720, 1280])
  expect(app.complaints).toEqual([])
})
