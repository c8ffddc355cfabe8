/** The sample lines of the metrics that the bot itself declared, without those about its contract. */
export const declaredSamples = async (metrics: {
  readonly render: () => Promise<string>
}): Promise<readonly string[]> =>
  (await metrics.render()).split('\n').filter((line) => line !== '' && !/^(#|\w+?_contract_)/.test(line))
