import { Children, cloneElement, isValidElement } from 'react'

// The page is in English, which is what the libraries have in their code: nothing is looked up or loaded.

/** The English text with its values; what is counted has a text for one and a text for others. */
export const t = (_key, text, values = {}) =>
  (values[values.count === 1 ? 'defaultValue_one' : 'defaultValue_other'] ?? text).replace(
    /\{\{-?\s*(\w+)[^}]*\}\}/g,
    (whole, name) => (name in values ? String(values[name]) : whole),
  )

/** The same for an element: among its children, an object is a value by its name. */
export const Trans = ({ children, values }) => filled(children, values)

function filled(children, values) {
  if (Array.isArray(children)) return Children.toArray(children.map((child) => filled(child, values)))
  if (typeof children === 'string') return t('', children, values)
  if (isValidElement(children)) {
    const { children: inner } = children.props
    return inner === undefined ? children : cloneElement(children, {}, filled(inner, values))
  }
  return typeof children === 'object' && children !== null ? String(Object.values(children)[0]) : children
}

export const LANGUAGES = []
