import { z } from 'zod'

/** A bot's name: its folder, its job and the prefix of its metrics. */
export const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a bot is named by small letters, digits and _')
const path = z.string().min(1, 'a path may not be empty')

const schema = z.object({
  bot: name.optional(),
  definitions: path.default('definitions/index.ts'),
  out: path.default('out'),
  check: z.boolean().default(false),
  force: z.boolean().default(false),
  prometheus: z.string().default('http://127.0.0.1:9090'),
  port: z.coerce.number('a port is a number').int().min(0).max(65535).default(0),
})

/** What the command line was given, checked and complete. */
export type Choices = Readonly<z.infer<typeof schema>>

/** The choices of a command line, or the sentence that says what is wrong with them. */
export function choicesOf(values: object): Choices | string {
  const read = schema.safeParse(values)
  if (read.success) return read.data
  return read.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('; ')
}
