import type { TableLike } from '../../../preload/contract/language/table'
import type { welcome as english } from '../en/welcome'

export const welcome: TableLike<typeof english> = {
  title: '欢迎使用 Reshoot',
  lead: '描述你想要的改动，由万相 2.7 模型完成：换一件外套，让街道下雪，或变成一幅水彩画。',
  check: {
    title: '先检查和修正，再提交',
    text: '拖入视频，Reshoot 会在本机检查模型是否接受，修正问题并截取片段；由你决定何时提交，完成后自动取回作品。',
  },
  results: {
    title: '作品保存在这里',
  },
  sandbox: {
    title: '没有密钥时使用 Sandbox，它不是 AI',
    text: '它用简单的本地特效让你试用全部流程：免费，也不上传任何内容。要使用模型，请在设置中输入服务商的密钥。',
  },
  begin: '开始使用',
}
