import './app.css'
import { Suspense } from 'react'
import { useStore } from 'zustand'
import { routeStore } from '../state/route.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Rail } from './rail.tsx'
import { RunBar } from './run-bar.tsx'
import { screens } from './screens.ts'

/** The frame around every screen: the rail on the left, the run bar on top. */
export function App() {
  const screen = useStore(routeStore, ({ route }) => route.screen)
  const { Component, title } = screens[screen]
  return (
    <div className="app">
      <RunBar />
      <Rail />
      <main className="app-screen" aria-label={title}>
        <ErrorBoundary key={screen}>
          <Suspense fallback={null}>
            <Component />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  )
}
