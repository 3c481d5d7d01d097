import { expect, it } from 'vitest'
import { LineForwarder } from '../../src/runtime/line-forwarder.ts'

it('puts lines together that were cut anywhere, and passes on the last one without its end', () => {
  const lines: string[] = []
  const forwarder = new LineForwarder((line) => lines.push(line))
  for (const piece of ['one\ntw', 'o\n\nthr', 'ee']) forwarder.take(Buffer.from(piece))
  expect(lines).toEqual(['one', 'two', ''])
  forwarder.flush()
  expect(lines).toEqual(['one', 'two', '', 'three'])
})

it('leaves out what is too much for anybody to read, and says how much', () => {
  const lines: string[] = []
  const forwarder = new LineForwarder((line) => lines.push(line))
  for (let line = 0; line < 50_000; line++) forwarder.line(`line ${line}`)
  forwarder.flush()
  const told = lines.filter((line) => line.startsWith('… ')).map((line) => Number(/\d+/.exec(line)?.[0]))
  expect(lines.length).toBeLessThan(5000)
  expect(lines.length - told.length + told.reduce((sum, count) => sum + count, 0)).toBe(50_000)
})
