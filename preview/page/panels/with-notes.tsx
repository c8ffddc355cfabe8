import { css } from '@emotion/css'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { theme } from '../theme.ts'

interface WithNotesProps {
  readonly width: number
  readonly height: number
  readonly notes: readonly string[]
  /** Draws into the height that the notes leave. */
  readonly children: (height: number) => ReactNode
}

/** A drawing, and below it what is missing in it or what Prometheus says about it. */
export function WithNotes({ width, height, notes, children }: WithNotesProps) {
  const text = notes.join('\n')
  const { box, taken } = useNoteHeight(text, width, height)
  return (
    <>
      <div data-drawing style={{ height: height - taken }}>
        {children(height - taken)}
      </div>
      {text === '' ? null : (
        <p ref={box} className={styles.note} style={{ maxHeight: height / 2 }} data-note={text}>
          {text}
        </p>
      )}
    </>
  )
}

/** How many pixels the paragraph `box` takes from its panel, which has this width and height; 0 if it is not drawn. */
export function useNoteHeight(text: string | null, width: number, height: number) {
  const box = useRef<HTMLParagraphElement>(null)
  const [taken, setTaken] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows from the text and the size of the panel
  useLayoutEffect(() => setTaken(box.current?.offsetHeight ?? 0), [text, width, height])
  return { box, taken }
}

const styles = {
  note: css({
    margin: 0,
    overflow: 'auto',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-line',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
}
