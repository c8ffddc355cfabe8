// Filters that people add and groups that they choose: no generated dashboard has any, and nothing is an instance of either.
export function AdHocFiltersVariable() {}
export function GroupByVariable() {}

const never = () => false

export {
  never as isFilterApplicable,
  never as isFilterComplete,
  never as isGroupByFilter,
  never as isMatchAllFilter,
  never as isMultiValueOperator,
}
export const GROUP_BY_OPERATOR = ''
export const ONE_OF_OPERATOR = ''
export const OPERATORS = []
