import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silenceLink } from '../../../generators/outputs/relay/program/silence-link.ts'

const key = 'alertname=BotDown\nbot=mcbot\nenv=live\ninstance=\nseverity=critical'
const filter = '%7Balertname%3D%22BotDown%22%2Cbot%3D%22mcbot%22%2Cenv%3D%22live%22%7D'

const table: readonly (readonly [
  what: string,
  base: string,
  kind: 'telegram' | 'discord',
  key: string,
  link: string,
])[] = [
  ['no address', '', 'telegram', key, ''],
  ['an address that could break the markup', 'https://a.example/"><b>', 'telegram', key, ''],
  [
    'Telegram',
    'https://a.example/',
    'telegram',
    key,
    `\n<a href="https://a.example/#/silences/new?filter=${filter}">Silence</a>`,
  ],
  [
    'Discord',
    'https://a.example/am',
    'discord',
    key,
    `\n[Silence](https://a.example/am/#/silences/new?filter=${filter})`,
  ],
  [
    'a label with quotes and parentheses',
    'https://a.example',
    'discord',
    'alertname=A "b" (c)',
    '\n[Silence](https://a.example/#/silences/new?filter=%7Balertname%3D%22A%20%5C%22b%5C%22%20%28c%29%22%7D)',
  ],
]
for (const [what, base, kind, of, link] of table)
  test(`the link to a silence: ${what}`, () => assert.equal(silenceLink(base, kind, of), link))
