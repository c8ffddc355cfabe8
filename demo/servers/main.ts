import { describeTool, findTool } from './find.ts'
import { toolNames } from './tools.ts'

// Finds every tool, downloads missing ones into .tools, and prints what was chosen or what to install.
for (const name of toolNames) console.log(describeTool(await findTool(name)))
