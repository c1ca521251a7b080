/** What went wrong with files, drafts, media tools and the database. */
export const files = {
  edits: {
    unknown_file: 'This file is not in the list any more.',
    file_gone: '{{name}} is no longer where it was. Put it back, or add it again.',
    unknown_provider: 'This version of Reshoot does not know the provider {{provider}}.',
    'blocked_no-clip': 'The clip of this edit is missing. Add it again.',
    blocked_checking: 'The files are still being checked. Try again in a moment.',
    blocked_clip: 'The model would refuse the clip. Fix it first.',
    blocked_image: 'The model would refuse a reference image. Fix or remove it first.',
    blocked_edit: 'Some options of this edit are outside of what the provider takes.',
    blocked_key: 'The provider has no key yet. Enter one in Settings.',
    blocked_bucket: 'The provider takes only web addresses. Set up a bucket in Settings.',
  },
  notice: {
    settings_set_aside:
      'Some settings could not be read. They are back to their defaults; the old file is kept as {{file}}.',
    keys_set_aside:
      'The stored keys could not be read. Enter them again; the old file is kept as {{file}}.',
    key_unreadable:
      'The stored key of {{provider}} cannot be opened here (kept by {{backend}}). Enter it again, or set it in the environment.',
    too_many_files: 'That was a lot: the first {{count}} files were added.',
    database_set_aside:
      'The list of files, jobs and results was damaged and had to be begun afresh. The old one is kept as {{file}}.',
  },
  media: {
    'tool-missing': '“{{path}}” cannot be started. Choose ffmpeg and ffprobe in Settings.',
    'tool-wrong': '“{{path}}” is not {{tool}}.',
    failed: '“{{name}}” could not be converted: {{reason}}',
    timeout: '“{{name}}” took longer than {{minutes}} minutes and was stopped.',
    'not-possible': 'Nothing can be made of “{{name}}”: its content cannot be read.',
    'no-space': 'The disk is full. Free some space and try again.',
    'too-large': '“{{name}}” stays above {{max}} MB however small it is made.',
  },
  database: {
    newer:
      '{{path}} was written by a newer version of Reshoot (its format is {{found}}, this version knows {{known}}). Update Reshoot to open it.',
    full: 'The disk of the database is full. Free some space and try again.',
    busy: 'Another program is using the database. Try again in a moment.',
    closed: 'The database may not be written. Check who may write its folder.',
    unopenable: 'The database cannot be opened. Check its folder and the disk.',
  },
}
