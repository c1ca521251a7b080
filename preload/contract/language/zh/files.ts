import type { files as english } from '../en/files'
import type { TableLike } from '../table'

export const files: TableLike<typeof english> = {
  edits: {
    unknown_file: '该文件已不在列表中。',
    file_gone: '{{name}} 已被移动或删除。请放回原处，或重新添加。',
    no_edit: '此视频不是编辑任务的作品，请用 `reshoot create` 再生成一个。',
    unknown_provider: '此版本的 Reshoot 不支持服务商 {{provider}}。',
    'blocked_no-clip': '此任务的视频缺失，请重新添加。',
    blocked_checking: '文件仍在检查中，请稍后再试。',
    blocked_clip: '模型不接受此视频，请先修正。',
    blocked_image: '模型不接受某张参考图，请先修正或移除。',
    blocked_empty: '请填写提示词，或添加参考图。',
    blocked_edit: '某些选项超出服务商的限制。',
    blocked_key: '没有该服务商的密钥，请在设置中输入。',
    blocked_bucket: '该服务商只接受文件网址，请在设置中设置存储桶。',
  },
  notice: {
    settings_set_aside: '部分设置无法读取，已恢复默认值。旧文件保留为 {{file}}。',
    keys_set_aside: '无法读取已保存的密钥，请重新输入。旧文件保留为 {{file}}。',
    key_unreadable: '无法从 {{backend}} 读取 {{provider}} 的密钥。请重新输入，或通过环境变量设置。',
    too_many_files: '文件过多，只添加了前 {{count}} 个。',
    database_set_aside: '文件、任务和作品的数据库已损坏，已重新创建。旧文件保留为 {{file}}。',
  },
  media: {
    'tool-missing': '无法启动“{{path}}”。请在设置中选择 ffmpeg 和 ffprobe。',
    'tool-wrong': '“{{path}}”不是 {{tool}}。',
    'tool-crashed': '“{{path}}”崩溃了。请在设置中选择 ffmpeg 和 ffprobe。',
    'no-answer': 'ffprobe 或磁盘没有及时响应。',
    failed: '无法转换“{{name}}”：ffmpeg 出错并停止。',
    'failed-unread': '无法转换“{{name}}”：文件无法读取。',
    'failed-damaged': '无法转换“{{name}}”：画面或声音已损坏。',
    'failed-lacking': '无法转换“{{name}}”：这个 ffmpeg 缺少所需的功能。请在设置中选择另一个。',
    timeout: '处理“{{name}}”超过 {{minutes}} 分钟，已停止。',
    'not-possible': '无法转换“{{name}}”：内容无法读取。',
    'no-space': '磁盘已满，请清理空间后重试。',
    'too-large': '无法将“{{name}}”减小到 {{max}} MB 以内。',
  },
  database: {
    newer:
      '{{path}} 由更新版本的 Reshoot 创建（格式 {{found}}，此版本支持 {{known}}）。请更新 Reshoot 后再打开。',
    full: '数据库所在磁盘已满，请清理空间后重试。',
    busy: '另一个程序正在使用数据库，请稍后再试。',
    closed: '无法写入数据库。请检查其文件夹的权限。',
    unopenable: '无法打开数据库。请检查其文件夹和磁盘。',
  },
}
