import { createContext } from 'react'
import type { Shortcoming } from '../support/support.ts'

/** What is missing in each panel of the open dashboard, by the panel's id. */
export const ShortcomingsContext = createContext<ReadonlyMap<number, Shortcoming>>(new Map())
