/** What index.html shows until the page is drawn. */
export const Loading = () => (
  <p className="loading">
    botwatch preview: the generated dashboards, drawn from their files. <strong>This is not Grafana.</strong> Loading …
  </p>
)
