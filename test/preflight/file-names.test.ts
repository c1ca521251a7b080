import { expect, test } from 'vitest'
import {
  contentTypeOf,
  extensionOf,
  fittingExtensions,
  fittingName,
  withExtension,
} from '../../main/preflight/file-names'
import type { Facts } from '../../preload/contract'
import { clip, image } from './facts'

test.each([
  ['clip.mp4', '.mp4'],
  ['CLIP.MP4', '.mp4'],
  ['a.b.Mov', '.mov'],
  ['clip', ''],
  ['.mp4', '.mp4'],
  ['.', ''],
  ['clip.', '.'],
  ['', ''],
])('the extension of %j is %j', (name, extension) => {
  expect(extensionOf(name)).toBe(extension)
})

test.each([
  ['clip.mov', 'clip.mp4'],
  ['clip', 'clip.mp4'],
  ['my.clip.mkv', 'my.clip.mp4'],
  ['.mov', '.mov.mp4'],
  ['.MOV', '.MOV.mp4'],
  ['', '.mp4'],
])('%j becomes %j', (name, renamed) => {
  expect(withExtension(name, '.mp4')).toBe(renamed)
})

test.each([
  ['mp4', ['.mp4']],
  ['mov', ['.mov']],
  ['mkv', []],
])('the extensions of a clip that is %s', (container, extensions) => {
  expect(fittingExtensions(clip({ container }))).toEqual(extensions)
})

test.each([
  ['jpeg', ['.jpg', '.jpeg', '.jpe', '.jfif']],
  ['png', ['.png']],
  ['bmp', ['.bmp']],
  ['webp', ['.webp']],
  ['gif', []],
])('the extensions of an image that is %s', (format, extensions) => {
  expect(fittingExtensions(image({ format }))).toEqual(extensions)
})

test('a file of another kind has no extension that fits', () => {
  const other = { kind: 'other', format: 'png', bytes: 1, unreadable: null } as const
  expect(fittingExtensions(other)).toEqual([])
  expect(fittingName('a.bin', other)).toBe('a.bin')
  expect(contentTypeOf(other)).toBe('application/octet-stream')
})

test.each([
  ['a.jpe', 'jpeg', 'a.jpg'],
  ['a.JFIF', 'jpeg', 'a.jpg'],
  ['a.JPEG', 'jpeg', 'a.JPEG'],
  ['a.png', 'jpeg', 'a.jpg'],
  ['a.png', 'gif', 'a.png'],
])('%s that is %s is sent as %s', (name, format, sent) => {
  expect(fittingName(name, image({ format }))).toBe(sent)
})

test.each<[string, Facts, string]>([
  ['holiday.jpg', image({ format: 'png' }), 'holiday.png'],
  ['holiday.JPEG', image(), 'holiday.JPEG'],
  ['holiday', clip(), 'holiday.mp4'],
  ['v1.2 final.jpg.mp4', clip(), 'v1.2 final.jpg.mp4'],
  ['海滩.heic', image({ format: 'png' }), '海滩.png'],
  ['holiday.mp4', clip({ container: 'mov' }), 'holiday.mov'],
  ['.mp4', clip(), '.mp4'],
  ['my.clip.v2', clip({ container: 'mov' }), 'my.clip.mov'],
])('%s is sent under a name that fits', (name, facts, expected) => {
  expect(fittingName(name, facts)).toBe(expected)
})

test.each<[string, Facts]>([
  ['video/mp4', clip()],
  ['video/quicktime', clip({ container: 'mov' })],
  ['image/jpeg', image({ format: 'jpeg' })],
  ['image/png', image({ format: 'png' })],
  ['image/bmp', image({ format: 'bmp' })],
  ['image/webp', image({ format: 'webp' })],
  ['application/octet-stream', image({ format: 'gif' })],
])('is uploaded as %s', (contentType, facts) => {
  expect(contentTypeOf(facts)).toBe(contentType)
})
