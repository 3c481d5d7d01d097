import { describeAbuse } from './peer-abuse.ts'
import { describeCalls } from './peer-calls.ts'
import { describeConnection } from './peer-connection.ts'
import { describeErrors } from './peer-errors.ts'
import { type LinkMaker, peerOver } from './peer-link.ts'

/** Everything that holds over every transport. */
export function describePeer(name: string, makeLink: LinkMaker): void {
  const peer = peerOver(name, makeLink)
  describeCalls(peer)
  describeErrors(peer)
  describeConnection(peer)
  describeAbuse(peer)
}
