// What the previewers of npm make of a saved page: one JSON job a line in, one JSON answer a line out. No network: unfurl.js,
// which wants to fetch, gets a response made from the file; the others get the page as text.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(process.argv[2] + '/')

const makers = {
  metascraper() {
    const rules = ['title', 'description', 'image', 'publisher', 'url']
    const scrape = require('metascraper')(rules.map((rule) => require(`metascraper-${rule}`)()))
    return async ({ html, url }) => {
      const found = await scrape({ html, url })
      return { ...found, site_name: found.publisher }
    }
  },
  'open-graph-scraper'() {
    const ogs = require('open-graph-scraper')
    return async ({ html }) => {
      const { result } = await (ogs.default ?? ogs)({ html })
      return {
        site_name: result.ogSiteName,
        title: result.ogTitle,
        description: result.ogDescription,
        image: result.ogImage?.[0]?.url,
        url: result.ogUrl,
      }
    }
  },
  'unfurl.js'() {
    const { unfurl } = require('unfurl.js')
    return async ({ url, bytes, contentType }) => {
      const headers = new Map([['content-type', contentType || 'text/html']])
      const response = {
        status: 200,
        headers: { get: (name) => headers.get(name.toLowerCase()) ?? null },
        arrayBuffer: async () => bytes,
      }
      const found = await unfurl(url, { oembed: false, fetch: async () => response })
      const graph = found.open_graph ?? {}
      const card = found.twitter_card ?? {}
      return {
        site_name: graph.site_name,
        title: graph.title ?? card.title ?? found.title,
        description: graph.description ?? card.description ?? found.description,
        image: graph.images?.[0]?.secure_url ?? graph.images?.[0]?.url ?? card.images?.[0]?.url,
        url: found.canonical_url ?? graph.url,
      }
    }
  },
}

const peers = {}
for (const [name, make] of Object.entries(makers)) {
  try {
    peers[name] = make()
  } catch {
    // Not installed: it is not among the names below.
  }
}
process.stdout.write(JSON.stringify(Object.keys(peers)) + '\n')

const page = {}
for await (const line of createInterface({ input: process.stdin })) {
  const { peer, path, ...rest } = JSON.parse(line)
  if (path !== undefined) Object.assign(page, rest, { bytes: readFileSync(path) })
  const [start, clock] = [process.cpuUsage(), performance.now()]
  let fields = {}
  let error = null
  try {
    fields = await peers[peer](page)
  } catch (caught) {
    error = String(caught)
  }
  const wall = (performance.now() - clock) / 1e3
  const spent = process.cpuUsage(start)
  const seconds = Math.min(wall, (spent.user + spent.system) / 1e6) // without what compiler and collector do beside it
  process.stdout.write(JSON.stringify({ fields, error, seconds }) + '\n')
}
