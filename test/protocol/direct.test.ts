import { directTransports, type Transport } from '../../src/protocol/index.ts'
import { describePeer } from './peer-contract.ts'

describePeer('a direct transport', (accept) => {
  let current: Transport | undefined
  return {
    open: async () => {
      const [client, server] = directTransports()
      current = client
      accept(server)
      return client
    },
    cut: () => current?.close(),
    stop: () => current?.close(),
  }
})
