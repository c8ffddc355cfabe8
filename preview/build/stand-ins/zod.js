// The libraries declare what a theme read from a file looks like; the page reads none, so no schema is ever used.
const schema = new Proxy(() => schema, { get: () => schema })

export {
  schema as array,
  schema as boolean,
  schema as enum,
  schema as int,
  schema as literal,
  schema as number,
  schema as object,
  schema as string,
  schema as union,
}
