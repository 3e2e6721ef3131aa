export function FunnelView() {
  return <div />;
}
