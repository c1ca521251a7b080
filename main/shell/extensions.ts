/** What dialogs offer first. Content decides what a file is; these only shorten the list. */
export const clipExtensions = [
  'mp4',
  'mov',
  'm4v',
  'mkv',
  'webm',
  'avi',
  '3gp',
  'mts',
  'ts',
] as const
export const imageExtensions = [
  'jpg',
  'jpeg',
  'png',
  'webp',
  'bmp',
  'gif',
  'tif',
  'tiff',
  'avif',
] as const
