import type { TableLike } from '../table'

const en = {
  submit: {
    provider: 'Provider',
    ready: 'Submit edit',
    checking: 'Checking…',
    sending: 'Submitting…',
    noClip: 'Add a clip to submit',
    fix_one: 'Fix {{count}} thing to submit',
    fix_other: 'Fix {{count}} things to submit',
    hopeless: 'See why this cannot be submitted',
    prompt: 'Write what to change',
    key: 'Add a key to submit',
    bucket: 'Set up a bucket to submit',
    part: 'Another part needs fixing',
    readyMany: 'Submit {{count}} edits',
    sent_one: 'Submitted. You can go on with the next edit.',
    sent_other: '{{count}} edits submitted. You can go on with the next one.',
    showQueue: 'Show in queue',
  },
  cost: {
    free: 'Free: local effects, no AI',
    both: '≈ {{billed}} billed ({{input}} in + {{output}} out)',
    output: '≈ {{billed}} billed (output)',
    input: '≈ {{billed}} billed (input)',
    range: '{{least}} to {{most}}',
    also: '≈ {{amount}}',
    unsure: 'Documents disagree whether the clip’s seconds are billed too.',
  },
}

const zh: TableLike<typeof en> = {
  submit: {
    provider: '服务',
    ready: '提交编辑',
    checking: '检查中…',
    sending: '提交中…',
    noClip: '添加片段后提交',
    fix_other: '修正 {{count}} 处后提交',
    hopeless: '查看为何不能提交',
    prompt: '写下要改变什么',
    key: '添加密钥后提交',
    bucket: '设置存储桶后提交',
    part: '另一段需要修正',
    readyMany: '提交 {{count}} 个编辑',
    sent_other: '已提交 {{count}} 个编辑，可以继续下一个。',
    showQueue: '在队列中查看',
  },
  cost: {
    free: '免费：本地特效，非 AI',
    both: '约计费 {{billed}}（输入 {{input}} + 输出 {{output}}）',
    output: '约计费 {{billed}}（输出）',
    input: '约计费 {{billed}}（输入）',
    range: '{{least}} 至 {{most}}',
    also: '约合 {{amount}}',
    unsure: '视频的秒数是否另计，各文档说法不一。',
  },
}

export const submit = { en, zh }
