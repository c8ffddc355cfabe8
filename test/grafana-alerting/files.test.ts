import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { grafanaManaged } from '../../generators/model/grafana-managed.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { readYaml } from '../../generators/text/yaml.ts'
import { readDeliveryFile, readRulesFile, readTemplatesFile, withEnvironment } from './provisioning-file.ts'
import { managedByGrafana } from './switched.ts'

const folder = 'grafana/provisioning/alerting'

for (const bot of bots) {
  const model = managedByGrafana(bot)
  const files = await generatedFiles(model)
  const text = (name: string) => files.get(`${folder}/${name}.yml`) ?? ''
  const rules = readRulesFile(text('rules')).groups.flatMap((group) => group.rules)

  test(`${bot.name}: Grafana's files have only keys that its reader knows`, () => {
    assert.equal(rules.length, grafanaManaged(model).length)
    readDeliveryFile(text('delivery'))
    readTemplatesFile(text('templates'))
  })

  test(`${bot.name}: every policy names a contact point of the file, and every uid is used once`, () => {
    const { contactPoints, policies } = readDeliveryFile(text('delivery'))
    const names = contactPoints.map(({ name }) => name)
    const [policy] = policies
    const unknown = [policy, ...policy.routes].map(({ receiver }) => receiver).filter((name) => !names.includes(name))
    const uids = [
      ...rules.map(({ uid }) => uid),
      ...contactPoints.flatMap(({ receivers }) => receivers.map(({ uid }) => uid)),
    ]
    assert.deepEqual(unknown, [])
    assert.deepEqual([...new Set(uids)], uids)
  })

  test(`${bot.name}: Prometheus sends Alertmanager exactly the alerts that Grafana does not evaluate`, () => {
    const config = readYaml(files.get('prometheus/prometheus.yml') ?? '') as {
      readonly alerting: {
        readonly alert_relabel_configs: readonly { readonly action: string; readonly regex: string }[]
      }
    }
    const dropped = config.alerting.alert_relabel_configs.filter(({ action }) => action === 'drop')
    assert.deepEqual(
      dropped.flatMap(({ regex }) => regex.split('|')),
      grafanaManaged(model).map(({ name }) => name),
    )
  })

  test(`${bot.name}: annotations read only what their rule computes, after Grafana has filled in its environment`, () => {
    const wrong = rules.flatMap(({ title, annotations, data }) =>
      Object.entries(annotations).flatMap(([name, written]) => {
        const read = withEnvironment(written, { RUNBOOK_PUBLIC_URL: 'https://runbooks' })
        const asked = [...read.matchAll(/\$values\.(\w+)|index \$values "(\w+)"/g)].map(([, a, b]) => a ?? b)
        const foreign = /\$(?!values|labels|")|\bquery \(/.exec(read.replace(/%\$"/g, ''))
        return [
          ...asked
            .filter((refId) => !data.some((step) => step.refId === refId))
            .map((refId) => `${title}.${name}: ${refId}`),
          ...(foreign === null ? [] : [`${title}.${name}: ${read.slice(foreign.index, foreign.index + 30)}`]),
        ]
      }),
    )
    assert.deepEqual(wrong, [])
  })
}
