import { css } from '@emotion/css'

/** A text for screen readers only. */
export const Hidden = ({ text }: { readonly text: string }) => (
  <div className={hidden} data-in-words>
    {text}
  </div>
)

/** Takes no room, but unlike with `display: none` it is read. */
export const hidden = css({
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
})
