// How each library is told to send here. Pure.

export const LIBRARIES = ['browser', 'node', 'python', 'kotlin', 'java', 'go', 'ruby', 'http'] as const;
export type Library = (typeof LIBRARIES)[number];

/** An example that works as it stands, once the key is real. */
export function snippet(library: Library, address: string, key: string): string {
  const { hostname, port, protocol, host } = new URL(address);
  const isSecure = protocol === 'https:';
  const snippets: Record<Library, string> = {
    browser: `import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load({
  writeKey: '${key}',
  cdnURL: '${address}',
});

analytics.page();
analytics.identify('u-1042', { email: 'ana@example.org' });
analytics.track('Order Completed', { total: 18.35, currency: 'EUR' });`,
    node: `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({
  writeKey: '${key}',
  host: '${address}',
});

analytics.track({
  userId: 'u-1042',
  event: 'Order Completed',
  properties: { total: 18.35, currency: 'EUR' },
});`,
    python: `import segment.analytics as analytics

analytics.write_key = "${key}"
analytics.host = "${address}"

analytics.track("u-1042", "Order Completed", {"total": 18.35, "currency": "EUR"})
analytics.flush()`,
    kotlin: `val analytics = Analytics("${key}", applicationContext) {
    apiHost = "${host}/v1"
    cdnHost = "${host}/v1"
}

analytics.track("Order Completed", buildJsonObject {
    put("total", 18.35)
    put("currency", "EUR")
})`,
    java: `Analytics analytics = Analytics.builder("${key}")
    .endpoint("${address}")
    .build();

analytics.enqueue(TrackMessage.builder("Order Completed")
    .userId("u-1042")
    .properties(Map.of("total", 18.35, "currency", "EUR")));`,
    go: `client, err := analytics.NewWithConfig("${key}", analytics.Config{
    Endpoint: "${address}",
})
if err != nil {
    return err
}
defer client.Close()

client.Enqueue(analytics.Track{
    UserId: "u-1042",
    Event:  "Order Completed",
    Properties: analytics.NewProperties().
        Set("total", 18.35).
        Set("currency", "EUR"),
})`,
    ruby: `analytics = Segment::Analytics.new(
  write_key: '${key}',
  host: '${hostname}',
  port: ${port || (isSecure ? 443 : 80)},
  ssl: ${isSecure}
)

analytics.track(
  user_id: 'u-1042',
  event: 'Order Completed',
  properties: { total: 18.35, currency: 'EUR' }
)`,
    http: `curl -u '${key}:' '${address}/v1/track' \\
  -d '{"userId":"u-1042","event":"Order Completed",
       "properties":{"total":18.35,"currency":"EUR"}}'`,
  };
  return snippets[library];
}
