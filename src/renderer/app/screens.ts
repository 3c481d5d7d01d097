import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { ScreenName } from '../state/route.ts'

interface Screen {
  /** As the rail says it. */
  readonly title: string
  /** The question that it answers. */
  readonly question: string
  readonly Component: LazyExoticComponent<ComponentType>
}

/** All screens. Each is fetched when it is first looked at. */
export const screens: Readonly<Record<ScreenName, Screen>> = {
  workspace: {
    title: 'Workspace',
    question: 'What do I have here, and did anything get slower?',
    Component: lazy(() => import('../screens/workspace/workspace-screen.tsx')),
  },
  run: {
    title: 'Run',
    question: 'Where did the time go?',
    Component: lazy(() => import('../screens/run/run-screen.tsx')),
  },
  cycle: {
    title: 'Cycle',
    question: 'Did it converge, and what did each iteration cost?',
    Component: lazy(() => import('../screens/cycle/cycle-screen.tsx')),
  },
  compare: {
    title: 'Compare',
    question: 'Which variant is faster, by how much, and how sure are we?',
    Component: lazy(() => import('../screens/compare/compare-screen.tsx')),
  },
  advice: {
    title: 'Advice',
    question: 'What do I do next, what will it bring, and what did it bring?',
    Component: lazy(() => import('../screens/advice/advice-screen.tsx')),
  },
  report: {
    title: 'Report',
    question: 'What do I send to my team?',
    Component: lazy(() => import('../screens/report/report-screen.tsx')),
  },
}
