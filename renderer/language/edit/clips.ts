import type { TableLike } from '../table'

const en = {
  empty: {
    sentence:
      'Drop a clip to see whether the model takes it. It is checked here, nothing is uploaded.',
    open: 'Choose files',
    sample: 'Try the sample clip',
  },
  clips: {
    title: 'Clips',
    files: 'Files',
    add: 'Add files',
    addShort: 'Add',
    remove: 'Remove from the list',
    removed_one: 'Removed {{name}}. The file itself stays where it is.',
    removed_other: 'Removed {{count}} files. The files themselves stay where they are.',
    reveal: 'Show in folder',
    checkAgain: 'Check again',
    actions: 'More for {{name}}',
    checking: 'Checking…',
    missing: 'Not found',
    unreadable: 'Unreadable',
    sortBy: 'Order: {{order}}',
    sort: {
      added: 'As they came',
      name: 'By name',
      verdict: 'What needs fixing first',
      duration: 'Longest first',
    },
    filter: 'Show by verdict',
    filters: {
      all: 'All files',
      allShort: 'All',
      pass: 'Ready',
      warn: 'With warnings',
      fail: 'To be fixed',
    },
  },
}

const zh: TableLike<typeof en> = {
  empty: {
    sentence: '拖入一个片段，立即知道模型是否接受。检查在本机完成，不会上传。',
    open: '选择文件',
    sample: '试试示例片段',
  },
  clips: {
    title: '片段',
    files: '文件',
    add: '添加文件',
    addShort: '添加',
    remove: '从列表移除',
    removed_other: '已移除 {{count}} 个文件，原文件不受影响。',
    reveal: '在文件夹中显示',
    checkAgain: '重新检查',
    actions: '{{name}} 的更多操作',
    checking: '检查中…',
    missing: '找不到文件',
    unreadable: '无法打开',
    sortBy: '排序：{{order}}',
    sort: {
      added: '按添加顺序',
      name: '按名称',
      verdict: '待修正的在前',
      duration: '最长的在前',
    },
    filter: '按检查结果显示',
    filters: {
      all: '所有文件',
      allShort: '全部',
      pass: '可用',
      warn: '有提醒',
      fail: '需要修正',
    },
  },
}

export const clips = { en, zh }
