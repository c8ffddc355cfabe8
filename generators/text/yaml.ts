import { parse, stringify } from 'yaml'
import { header } from './header.ts'

/** A value as YAML: never wrapped, never aliased, quoted wherever an older reader would take a text for something else. */
export const yaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' })

/** A generated YAML file; further lines explain what it does. */
export const yamlFile = (value: unknown, ...more: readonly string[]): string => header('#', ...more) + yaml(value)

/** What a YAML text says; throws where it is none. */
export const readYaml = (text: string): unknown => parse(text)
