// Runs truncate-json for peers.py: one JSON job a line in, one answer a line out, with the seconds of its own work.
// A job without a text is for the text of the job before.

import readline from 'node:readline'

const { default: truncateJson } = await import(process.argv[2])

let text = ''
for await (const line of readline.createInterface({ input: process.stdin })) {
  const job = JSON.parse(line)
  text = job.text ?? text
  const start = process.cpuUsage()
  const { jsonString } = truncateJson(text, job.size)
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  process.stdout.write(`${JSON.stringify({ text: jsonString, seconds })}\n`)
}
