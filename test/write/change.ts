import { generatedTree, sortedTree, type TreeText } from './tree.ts'

/** One generation and the next, with every kind of change between them. */
export const oldFiles: TreeText = {
  'docker-compose.yaml': 'services: {}\n',
  'prometheus/prometheus.yml': 'scrape 15s\n',
  'prometheus/alerts.yml': 'groups: []\n',
  'runbooks/BotDown.md': '# BotDown\n',
  'runbooks/old/Gone.md': '# Gone\n',
  'becomes-folder': 'a file\n',
  'becomes-file/deep/one': '1\n',
  'becomes-file/two': '2\n',
}

export const newFiles: TreeText = {
  'docker-compose.yaml': 'services: {}\n',
  'prometheus/prometheus.yml': 'scrape 10s\n',
  'prometheus/alerts.yml': 'groups: [bot]\n',
  'prometheus/rules/recording.yml': 'groups: []\n',
  'runbooks/BotDown.md': '# BotDown\n',
  'runbooks/Stale.md': '# Stale\n',
  'becomes-folder/deep/one': 'in a folder\n',
  'becomes-file': 'a file now\n',
  '.env.example': 'PORT=1\n',
}

/** The user's own files in the folder. */
export const own: TreeText = { '.env': 'PASSWORD=x\n', 'secrets/': '', 'secrets/token': 't\n' }

export const oldTree: TreeText = sortedTree({ ...generatedTree(oldFiles), ...own })
export const newTree: TreeText = sortedTree({ ...generatedTree(newFiles), ...own })
