declare module '*.css'

declare module 'icons-at-once' {
  const icons: Readonly<Record<string, string>>
  export default icons
}
