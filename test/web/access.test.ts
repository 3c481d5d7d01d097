import { describe, expect, it } from 'vitest'
import { Access, makeTicket, newSecret } from '../../src/web/access.ts'

const token = newSecret()

describe('secrets', () => {
  it('have 256 bits and are never the same', () => {
    expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32)
    expect(new Set(Array.from({ length: 100 }, newSecret)).size).toBe(100)
  })

  it('of two studios differ, so that no cookie is taken by another', () => {
    const cookieOf = (access: Access) => access.setCookie.split(';')[0]
    const doors = [new Access(token, 1), new Access(token, 2), new Access(newSecret(), 1)]
    const knows = doors.map((door) => doors.map((other) => door.knows(cookieOf(other))))
    expect(knows).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ])
    expect(new Access(token, 1).knows(cookieOf(doors[0] as Access))).toBe(true)
    expect(doors[0]?.knows(undefined)).toBe(false)
  })
})

describe('a ticket', () => {
  const minute = 60_000
  const access = (now: number) => new Access(token, 1, () => now)

  it('lets in once', () => {
    const door = access(1000)
    const ticket = makeTicket(token, 1000)
    expect([door.admits(ticket), door.admits(ticket), door.admits(token), door.admits(token)]).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('lets in soon, and not before it was made', () => {
    const ticket = makeTicket(token, 1000)
    expect(access(1000 + minute - 1).admits(ticket)).toBe(true)
    expect(access(1000 + minute).admits(ticket)).toBe(false)
    expect(access(999).admits(ticket)).toBe(false)
  })

  it('is made by whoever has the token, and cannot be changed', () => {
    const door = access(1000)
    const ticket = makeTicket(token, 1000)
    const [time, random, signature] = ticket.split('.')
    const others = [
      makeTicket(newSecret(), 1000),
      `${(1001).toString(36)}.${random}.${signature}`,
      `${time}.${random}x.${signature}`,
      `${time}.${random}.`,
      `${time}.${random}`,
      '..',
      '',
    ]
    for (const other of others) expect({ other, admitted: door.admits(other) }).toEqual({ other, admitted: false })
    expect(door.admits(`${ticket}.x`)).toBe(false)
    expect(door.admits(ticket)).toBe(true)
  })

  it('that was used is remembered as long as it would be good', () => {
    let now = 1000
    const door = new Access(token, 1, () => now)
    const first = makeTicket(token, now)
    expect(door.admits(first)).toBe(true)
    now += minute - 1
    expect(door.admits(makeTicket(token, now))).toBe(true)
    expect(door.admits(first)).toBe(false)
  })
})
