import './app.css'
import { Suspense } from 'react'
import { useStore } from 'zustand'
import { runCommand } from '../commands/registry.ts'
import { preferencesStore } from '../state/preferences.ts'
import { routeStore } from '../state/route.ts'
import { sessionStore } from '../state/session.ts'
import { Button } from '../widgets/button.tsx'
import { EmptyState } from '../widgets/empty-state.tsx'
import { Loading } from '../widgets/loading.tsx'
import { Panes } from '../widgets/panes.tsx'
import { Problem } from '../widgets/problem.tsx'
import { Banners } from './banners.tsx'
import { Dialogs } from './dialogs/dialogs.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { LogPanel } from './log-panel.tsx'
import { Notices } from './notices.tsx'
import { Rail } from './rail.tsx'
import { RunBar } from './run-bar/run-bar.tsx'
import { screens } from './screens.ts'
import { Welcome } from './welcome.tsx'

/** The frame around every screen: the run bar on top, the rail on the left, the log below, dialogs in front. */
export function App() {
  const log = useStore(preferencesStore, ({ choices }) => choices['frame.log'] === 'shown')
  const hasWorkspace = useStore(sessionStore, ({ studio }) => studio?.workspace != null)
  return (
    <div className="app">
      <RunBar />
      <div className="app-banners">
        <Banners />
      </div>
      {hasWorkspace && <Rail />}
      <div className="app-body">
        <Panes name="frame" direction="vertical" sizes={log ? [72, 28] : [100]} least={[200, 90]}>
          <Content />
          {log && <LogPanel />}
        </Panes>
      </div>
      <Dialogs />
      <Notices />
    </div>
  )
}

/** The screen that is looked at, or why there is none. */
function Content() {
  const screen = useStore(routeStore, ({ route }) => route.screen)
  const studio = useStore(sessionStore, (session) => session.studio)
  const problem = useStore(sessionStore, (session) => session.problem)
  const { Component, title } = screens[screen]
  return (
    <main className="app-screen">
      {studio?.workspace && <h1 className="visually-hidden">{title}</h1>}
      {studio === null ? (
        problem ? (
          <Problem title="The engine does not answer" error={problem} onRetry={() => location.reload()} />
        ) : (
          <Loading label="Connecting to the engine…" />
        )
      ) : studio.workspace === null ? (
        <Welcome />
      ) : studio.workspace.problem ? (
        <EmptyState
          sentence={studio.workspace.problem}
          action={<Button onClick={() => runCommand('workspace.open')}>Open another folder…</Button>}
        />
      ) : (
        <ErrorBoundary key={screen}>
          <Suspense fallback={<Loading />}>
            <Component />
          </Suspense>
        </ErrorBoundary>
      )}
    </main>
  )
}
