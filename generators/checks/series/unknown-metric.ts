import { tookPlaceOf } from '../../meaning/world.ts'
import { nearest } from '../../promql/nearest.ts'
import { expressionCheck } from '../check.ts'
import { familiesOf, parts, remark } from '../parts.ts'

/** A name that nothing exposes: the query is empty for ever, and an alert on it looks healthy. */
export const unknownMetric = expressionCheck({
  code: 'BW101',
  name: 'unknown-metric',
  severity: 'error',
  finds: 'A series is asked for whose name nothing exposes',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector')
      .filter(({ node }) => familiesOf(expression, node).length === 0)
      .map((of) => {
        const { name, matchers } = of.node
        const { from } = expression.spanOf(of)
        const { families, records } = expression.world
        const all = [...families.keys(), ...records.keys()]
        const longer = all.filter((one) => one.startsWith(`${name}_`) || (name !== '' && one === `${name}_total`))
        const replaced = tookPlaceOf(expression.world, name)
        if (replaced !== null)
          return {
            ...remark(expression, of, `${name} is retired: ${replaced}`, 'ask for what took its place'),
            to: from + name.length,
          }
        const asked = name === '' ? (matchers.find(({ label }) => label === '__name__')?.value ?? '') : name
        const found = remark(expression, of, `nothing exposes ${asked}, so that this never yields anything`)
        const meant = longer.length > 0 && longer.length < 4 ? `did you mean ${longer.join(', ')}?` : nearest(name, all)
        return {
          ...found,
          to: name === '' ? found.to : from + name.length,
          fix: meant === '' ? 'declare it, or ask for what there is' : meant,
        }
      }),
})
