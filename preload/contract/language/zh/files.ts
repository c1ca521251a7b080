import type { files as english } from '../en/files'
import type { TableLike } from '../table'

export const files: TableLike<typeof english> = {
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
  media: {
    'tool-missing': '无法启动“{{path}}”。请在设置中选择 ffmpeg 和 ffprobe。',
    'tool-wrong': '“{{path}}”不是 {{tool}}。',
    failed: '无法转换“{{name}}”：{{reason}}',
    timeout: '处理“{{name}}”超过 {{minutes}} 分钟，已停止。',
    'not-possible': '无法处理“{{name}}”：读不出内容。',
    'no-space': '磁盘已满，请腾出空间后重试。',
    'too-large': '“{{name}}”无法压缩到 {{max}} MB 以下。',
  },
  database: {
    newer:
      '{{path}} 由更新版本的 Reshoot 写入（其格式为 {{found}}，此版本支持 {{known}}）。请更新 Reshoot 后再打开。',
    full: '数据库所在磁盘已满。请释放空间后重试。',
    busy: '另一个程序正在使用数据库，请稍后重试。',
    closed: '无法写入数据库。请检查其文件夹的写入权限。',
    unopenable: '无法打开数据库。请检查其文件夹和磁盘。',
  },
}
