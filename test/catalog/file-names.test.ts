import { describe, expect, it } from 'vitest'
import { safeFileName } from '../../main/catalog/file-names'

describe('a name of a pasted image', () => {
  it.each([
    ['beach.png', 'beach.png'],
    ['海滩 1.jpeg', '海滩 1.jpeg'],
    ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
    ['', 'image'],
    ['.png', 'image.png'],
    ['..', 'image'],
    [' .png', 'image.png'],
    ['a<b>c:d"e|f?g*h.png', 'a_b_c_d_e_f_g_h.png'],
    ['../../etc/passwd', 'passwd'],
    ['line\nbreak\u0000.png', 'line_break_.png'],
    ['turn \u202egnp.exe', 'turn _gnp.exe'],
    // Windows drops these at the end.
    ['a.png.', 'a.png'],
    ['a.png . .', 'a.png'],
    ['a.png ', 'a.png'],
    [' a.png', 'a.png'],
    // Windows reserves these for devices.
    ['CON', '_CON'],
    ['aux.png', '_aux.png'],
    ['Nul.tar.png', '_Nul.tar.png'],
    ['prn .png', '_prn .png'],
    ['com1.png', '_com1.png'],
    ['LPT9', '_LPT9'],
    ['COM¹.png', '_COM¹.png'],
    ['con.', '_con'],
    ['CONIN$', '_CONIN$'],
    // Not reserved.
    ['console.png', 'console.png'],
    ['aux2.png', 'aux2.png'],
    ['com10.png', 'com10.png'],
    ['a.con', 'a.con'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
    expect(safeFileName(safe)).toBe(safe)
  })

  it.each(['x', '雪', '👨‍👩‍👧'])('of many %s is short and keeps its extension', (text) => {
    const safe = safeFileName(`${text.repeat(500)}.png`)
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(121)
    expect(safe.endsWith('.png')).toBe(true)
    expect(safe).not.toContain('\ufffd')
  })
})
