import { expect, test } from 'vitest'
import { createListeners } from '../main/listeners'

test('calls every listener until it is removed, also after one has thrown', () => {
  const logged: string[] = []
  const heard: string[] = []
  const listeners = createListeners<number>({ error: (message) => logged.push(message) })
  listeners.subscribe(() => {
    throw new Error('broken')
  })
  const remove = listeners.subscribe((value) => heard.push(`a${value}`))
  listeners.subscribe((value) => heard.push(`b${value}`))
  listeners.emit(1)
  expect(listeners.count()).toBe(3)
  remove()
  listeners.emit(2)
  expect(listeners.count()).toBe(2)
  expect(heard).toEqual(['a1', 'b1', 'b2'])
  expect(logged).toHaveLength(2)
})
