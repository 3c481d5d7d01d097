import './rail.css'
import { useStore } from 'zustand'
import { goToScreen, routeStore, screenNames } from '../state/route.ts'
import { ScreenIcon } from './screen-icon.tsx'
import { screens } from './screens.ts'

/** The screens, on the left. */
export function Rail() {
  const current = useStore(routeStore, ({ route }) => route.screen)
  return (
    <nav className="rail" aria-label="Screens">
      <ul>
        {screenNames.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="rail-item"
              aria-current={name === current ? 'page' : undefined}
              title={screens[name].question}
              onClick={() => goToScreen(name)}
            >
              <ScreenIcon name={name} />
              <span>{screens[name].title}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
