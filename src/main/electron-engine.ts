import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import { killTree } from './process-tree.ts'
import { createRunnerForks } from './runner-forks.ts'
import { type EnginePorts, SupervisedEngine } from './supervised-engine.ts'
import { unpackedFile } from './unpacked-file.ts'

type Ports = EnginePorts<MessagePortMain>

/** The engine and its runners in utility processes of Electron's. */
export function createEngine(
  ports: Omit<Ports, 'fork' | 'openChannel' | 'createForks'>,
): SupervisedEngine<MessagePortMain> {
  const openChannel = () => new MessageChannelMain()
  return new SupervisedEngine<MessagePortMain>({
    ...ports,
    openChannel,
    fork: () => utilityProcess.fork(entry('engine-host.js'), [], { serviceName: 'Strobe engine', stdio: 'pipe' }),
    createForks: (tell) =>
      createRunnerForks({ fork: forkRunner, openChannel, killTree, tell, signals: constants.signals }),
  })
}

function forkRunner(environment: Readonly<Record<string, string>>) {
  return utilityProcess.fork(entry('runner-host.js'), [], {
    serviceName: 'Strobe runner',
    stdio: 'pipe',
    // Flags of Node's have no effect here; this says what `--no-warnings` says elsewhere.
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    // User code brings its own native modules, and answers for itself where macOS asks for permissions.
    allowLoadingUnsignedLibraries: true,
    disclaim: true,
  })
}

/** An entry of the build, which lies beside this one: started by its path, so that it has to be a real file. */
function entry(name: string): string {
  return unpackedFile(fileURLToPath(new URL(name, import.meta.url)))
}
