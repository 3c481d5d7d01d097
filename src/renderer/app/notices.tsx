import './notices.css'
import { useStore } from 'zustand'
import { dismiss, noticeStore } from '../state/notices.ts'
import { Icon } from '../widgets/icon.tsx'
import { Link } from '../widgets/link.tsx'

/** What the page says by itself, in the corner. */
export function Notices() {
  const notices = useStore(noticeStore, (state) => state.notices)
  return (
    <section className="notices" aria-label="Notices">
      {notices.map(({ id, kind, title, text, route }) => (
        <div key={id} className={`notice notice-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
          <div className="notice-body">
            <strong>{title}</strong>
            {text && <p>{text}</p>}
            {route && (
              <Link to={route} onClick={() => dismiss(id)}>
                Look at it
              </Link>
            )}
          </div>
          <button type="button" className="notice-close" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </section>
  )
}
