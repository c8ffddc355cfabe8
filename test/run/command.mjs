// Runs a stage that is one command, in a process group of its own.
import { spawn } from 'node:child_process'
import { endAll } from './processes.mjs'

/** Whether a command passed; after `whole` seconds it is killed together with its child processes. */
export async function runProcess([program, ...args], { whole, env, groups, quiet = false }) {
  const child = spawn(program, args, {
    detached: true,
    stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
    env,
  })
  const group = { group: child.pid ?? 0, record: '' }
  groups.add(group)
  const timer = setTimeout(() => {
    console.log(`killed after ${whole} s`)
    endAll(group.group, '')
  }, 1000 * whole)
  const passed = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.log(`${program}: ${error.message}`)
      resolve(false)
    })
    child.once('exit', (code) => resolve(code === 0))
  })
  clearTimeout(timer)
  groups.delete(group)
  return passed
}
