import type { TableLike } from './table'

const en = {
  intro:
    'Before you submit something that may cost more, you are asked. The limit counts everything that one press submits.',
  limit: {
    USD: 'US dollars',
    CNY: 'Yuan',
    credits: 'Credits',
  },
  limitHint: {
    USD: 'DashScope Singapore, EvoLink, APIYI; credits too',
    CNY: 'DashScope Beijing',
    credits: 'aivideoapi.ai',
  },
  askAbove: 'Ask above',
  never: 'Never ask',
  ask: 'Ask',
  wrong: 'A number above 0.',
  confirm: {
    title_one: 'Submit for up to {{amount}}?',
    title_other: 'Submit {{count}} edits for up to {{amount}}?',
    text: 'That is more than the {{limit}} you set as a limit. What is really billed is known afterwards.',
    submit: 'Submit',
    settings: 'Change the limit',
  },
  totals: {
    open: 'What was billed',
    month: 'This month: {{amount}}',
    nothing: 'Nothing billed this month',
    title: 'Billed by month',
    edits_one: '{{count}} edit',
    edits_other: '{{count}} edits',
    unknown: 'Amount not named',
    unknownSome_one: 'The amount of {{count}} was not named.',
    unknownSome_other: 'The amounts of {{count}} were not named.',
    note: 'By what the services’ answers named, or their list prices. Clips in the trash count too.',
  },
}

const zh: TableLike<typeof en> = {
  intro: '提交可能超出限额的内容之前会先询问。限额按一次提交的全部内容计算。',
  limit: {
    USD: '美元',
    CNY: '人民币',
    credits: '积分',
  },
  limitHint: {
    USD: 'DashScope 新加坡、EvoLink、APIYI，积分折算在内',
    CNY: 'DashScope 北京',
    credits: 'aivideoapi.ai',
  },
  askAbove: '超过即询问',
  never: '从不询问',
  ask: '询问',
  wrong: '请输入大于 0 的数。',
  confirm: {
    title_other: '提交 {{count}} 个编辑，最多花费 {{amount}}？',
    text: '这超过了你设定的限额 {{limit}}。实际计费在完成后才知道。',
    submit: '提交',
    settings: '更改限额',
  },
  totals: {
    open: '已计费',
    month: '本月：{{amount}}',
    nothing: '本月没有计费',
    title: '每月计费',
    edits_other: '{{count}} 个编辑',
    unknown: '未给出金额',
    unknownSome_other: '其中 {{count}} 个未给出金额。',
    note: '依据服务答复中的金额，或其标价。回收站中的作品也计入。',
  },
}

export const spending = { en, zh }
