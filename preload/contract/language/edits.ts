/** What may go wrong with files and drafts, and notices that belong to no screen. */
export const edits = {
  en: {
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
  },
  zh: {
    edits: {
      unknown_file: '该文件已不在列表中。',
      file_gone: '{{name}} 已不在原处。请放回原处，或重新添加。',
      unknown_provider: '此版本的 Reshoot 不支持服务商 {{provider}}。',
      'blocked_no-clip': '此剪辑的视频缺失，请重新添加。',
      blocked_checking: '文件仍在检查中，请稍后再试。',
      blocked_clip: '模型不会接受该视频，请先修正。',
      blocked_image: '模型不会接受某张参考图，请先修正或移除。',
      blocked_edit: '部分选项超出服务商可接受的范围。',
      blocked_key: '该服务商尚无密钥，请在设置中输入。',
      blocked_bucket: '该服务商只接受网址，请在设置中配置存储桶。',
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
