import type { PanelData } from '@grafana/data'
import { useEffect, useState } from 'react'
import { noData, whyEmpty } from '../prometheus/why-empty.ts'

/** Why a panel is empty, looked up once for each answer while `isAsked`. */
export function useWhyEmpty({ request, timeRange }: PanelData, isAsked: boolean): string {
  const [words, setWords] = useState(noData)
  const answered = request?.endTime
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a new object, also while its question is open
  useEffect(() => {
    if (!isAsked) return
    let wanted = true
    whyEmpty(request?.targets ?? [], { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() }).then((found) => {
      if (wanted) setWords(found)
    })
    return () => {
      wanted = false
    }
  }, [isAsked, answered])
  return words
}
