import { expect, it } from 'vitest'
import { attachmentHeader } from '../../../src/protocol/page/attachment.ts'

it.each([
  ['orders.html', `filename="orders.html"; filename*=UTF-8''orders.html`],
  ['a b.pdf', `filename="a b.pdf"; filename*=UTF-8''a%20b.pdf`],
  ['Übersicht.html', `filename="_bersicht.html"; filename*=UTF-8''%C3%9Cbersicht.html`],
  ['50%.csv', `filename="50_.csv"; filename*=UTF-8''50%25.csv`],
  ["it's (new).md", `filename="it's (new).md"; filename*=UTF-8''it%27s%20%28new%29.md`],
  ['../../etc/passwd', `filename="passwd"; filename*=UTF-8''passwd`],
  ['C:\\Windows\\system.ini', `filename="system.ini"; filename*=UTF-8''system.ini`],
  ['.bashrc', `filename="bashrc"; filename*=UTF-8''bashrc`],
  ['a"; filename="b.exe', `filename="a_; filename=_b.exe"; filename*=UTF-8''a_%3B%20filename%3D_b.exe`],
  ['a\r\nset-cookie: x=1', `filename="a__set-cookie_ x=1"; filename*=UTF-8''a__set-cookie_%20x%3D1`],
  ['\ud800.json', `filename="_.json"; filename*=UTF-8''%EF%BF%BD.json`],
  ['', `filename="download"; filename*=UTF-8''download`],
  ['..', `filename="download"; filename*=UTF-8''download`],
])('%j is offered as one line that names no folder', (fileName, parameters) => {
  expect(attachmentHeader(fileName)).toBe(`attachment; ${parameters}`)
})

it('has an end, also where the end would cut a character in two', () => {
  const header = attachmentHeader(`${'a'.repeat(199)}😀.html`)
  expect(header.length).toBeLessThan(1000)
  expect(() => new Headers({ 'content-disposition': header })).not.toThrow()
})
