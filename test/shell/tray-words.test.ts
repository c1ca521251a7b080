import { expect, it } from 'vitest'
import { trayWords } from '../../main/shell/tray-words'
import { say } from '../../preload/contract/language'

it.each([
  [0, 0, 'Reshoot', ['No jobs in progress'], 'Reshoot'],
  [2, 0, 'Reshoot: 2 jobs in progress', ['2 jobs in progress'], 'Reshoot：2 个任务进行中'],
  [1, 1, 'Reshoot: 1 needs attention', ['1 needs attention'], 'Reshoot：1 个任务需要处理'],
  [
    3,
    2,
    'Reshoot: 1 job in progress · 2 need attention',
    ['1 job in progress', '2 need attention'],
    'Reshoot：1 个任务进行中 · 2 个任务需要处理',
  ],
])('of %i jobs, %i of them held, the tray says %s', (active, held, toolTip, lines, chinese) => {
  const words = (language: 'en' | 'zh') =>
    trayWords(active, held, (key, values = {}) => say({ key, values }, language))
  expect(words('en')).toEqual({ toolTip, lines })
  expect(words('zh').toolTip).toBe(chinese)
})
