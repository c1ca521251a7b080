/** What went wrong with files, drafts, media tools and the database. */
export const files = {
  edits: {
    unknown_file: 'This file is no longer in the list.',
    file_gone: '{{name}} was moved or deleted. Put it back, or add it again.',
    no_edit: 'This video is no edit. Make another one with `reshoot create`.',
    unknown_provider: 'This version of Reshoot does not support the provider {{provider}}.',
    'blocked_no-clip': 'The clip of this edit is missing. Add it again.',
    blocked_checking: 'The files are still being checked. Try again in a moment.',
    blocked_clip: 'The model does not accept this clip. Fix it first.',
    blocked_image: 'The model does not accept a reference image. Fix or remove it first.',
    blocked_empty: 'Write a prompt, or add a reference image.',
    blocked_edit: 'Some options of this edit are outside the provider’s limits.',
    blocked_key: 'No key for this provider. Enter one in Settings.',
    blocked_bucket: 'This provider accepts only file URLs. Set up a bucket in Settings.',
  },
  notice: {
    settings_set_aside:
      'Some settings could not be read and were reset. The old file is kept as {{file}}.',
    keys_set_aside:
      'The stored keys could not be read. Enter them again. The old file is kept as {{file}}.',
    key_unreadable:
      'The key for {{provider}} could not be read from {{backend}}. Enter it again, or set it as an environment variable.',
    too_many_files: 'Too many files. Only the first {{count}} were added.',
    database_set_aside:
      'The database of files, jobs and results was damaged and had to be recreated. The old one is kept as {{file}}.',
  },
  media: {
    'tool-missing': '“{{path}}” could not be started. Choose ffmpeg and ffprobe in Settings.',
    'tool-wrong': '“{{path}}” is not {{tool}}.',
    'tool-crashed': '“{{path}}” crashed. Choose ffmpeg and ffprobe in Settings.',
    'no-answer': 'ffprobe or the disk did not answer in time.',
    failed: '“{{name}}” could not be converted: ffmpeg stopped with an error.',
    'failed-unread': '“{{name}}” could not be converted: the file could not be read.',
    'failed-damaged': '“{{name}}” could not be converted: its picture or sound is damaged.',
    'failed-lacking':
      '“{{name}}” could not be converted: this ffmpeg lacks a part that is needed. Choose another one in Settings.',
    timeout: '“{{name}}” took longer than {{minutes}} minutes and was stopped.',
    'not-possible': '“{{name}}” could not be converted: its content cannot be read.',
    'no-space': 'The disk is full. Free up some space and try again.',
    'too-large': '“{{name}}” could not be reduced to {{max}} MB or less.',
  },
  database: {
    newer:
      '{{path}} was created by a newer version of Reshoot (format {{found}}; this version supports {{known}}). Update Reshoot to open it.',
    full: 'The disk that holds the database is full. Free up some space and try again.',
    busy: 'Another program is using the database. Try again in a moment.',
    closed: 'The database could not be written. Check the permissions of its folder.',
    unopenable: 'The database could not be opened. Check its folder and disk.',
  },
}
