/** What ffprobe, ffmpeg or sharp could not do: media.<cause>. */
export const media = {
  en: {
    media: {
      'tool-missing': '“{{path}}” cannot be started. Choose ffmpeg and ffprobe in Settings.',
      'tool-wrong': '“{{path}}” is not {{tool}}.',
      failed: '“{{name}}” could not be converted: {{reason}}',
      timeout: '“{{name}}” took longer than {{minutes}} minutes and was stopped.',
      'not-possible': 'Nothing can be made of “{{name}}”: its content cannot be read.',
      'no-space': 'The disk is full. Free some space and try again.',
      'too-large': '“{{name}}” stays above {{max}} MB however small it is made.',
    },
  },
  zh: {
    media: {
      'tool-missing': '无法启动“{{path}}”。请在设置中选择 ffmpeg 和 ffprobe。',
      'tool-wrong': '“{{path}}”不是 {{tool}}。',
      failed: '无法转换“{{name}}”：{{reason}}',
      timeout: '处理“{{name}}”超过 {{minutes}} 分钟，已停止。',
      'not-possible': '无法处理“{{name}}”：读不出内容。',
      'no-space': '磁盘已满，请腾出空间后重试。',
      'too-large': '“{{name}}”无法压缩到 {{max}} MB 以下。',
    },
  },
}
