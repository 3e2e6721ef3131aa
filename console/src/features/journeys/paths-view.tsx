export function PathsView() {
  return <div />;
}
