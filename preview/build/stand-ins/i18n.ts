import { Children, cloneElement, isValidElement, type ReactNode } from 'react'

// The page is in English, which is what the libraries have in their code: nothing is looked up or loaded.

type Values = Readonly<Record<string, unknown>>

/** The English text with its values. */
export const t = (_key: string, text: string, values: Values = {}): string =>
  text.replace(/\{\{-?\s*(\w+)[^}]*\}\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))

interface TransProps {
  readonly children?: ReactNode | Values | readonly (ReactNode | Values)[]
  readonly values?: Values
}

/** The same for an element: among its children, an object is a value by its name. */
export const Trans = ({ children, values }: TransProps) => filled(children, values)

function filled(children: TransProps['children'], values: Values | undefined): ReactNode {
  if (Array.isArray(children)) return Children.toArray(children.map((child) => filled(child, values)))
  if (typeof children === 'string') return t('', children, values)
  if (isValidElement<{ children?: ReactNode }>(children)) {
    const { children: inner } = children.props
    return inner === undefined ? children : cloneElement(children, {}, filled(inner, values))
  }
  return typeof children === 'object' && children !== null
    ? String(Object.values(children)[0])
    : (children as ReactNode)
}

export const LANGUAGES = []
