/** What may go wrong with files and drafts, and notices that belong to no screen. */
export const edits = {
  en: {
    edits: {
      unknown_file: 'This file is not in the list any more.',
      file_gone: '{{name}} is no longer where it was. Put it back, or add it again.',
      still_checking: '{{name}} is still being checked.',
      blocked: 'This edit cannot be submitted yet: {{reason}}',
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
  },
  zh: {
    edits: {
      unknown_file: '该文件已不在列表中。',
      file_gone: '{{name}} 已不在原处。请放回原处，或重新添加。',
      still_checking: '{{name}} 仍在检查中。',
      blocked: '暂时无法提交：{{reason}}',
    },
    notice: {
      settings_set_aside: '部分设置无法读取，已恢复默认值；旧文件保留为 {{file}}。',
      keys_set_aside: '已保存的密钥无法读取，请重新输入；旧文件保留为 {{file}}。',
      key_unreadable:
        '无法在此打开 {{provider}} 的已存密钥（由 {{backend}} 保存）。请重新输入，或通过环境变量设置。',
      too_many_files: '文件过多：已添加前 {{count}} 个。',
      database_set_aside: '文件、任务与成片的记录已损坏，只能重新开始；旧记录保留为 {{file}}。',
    },
  },
}
