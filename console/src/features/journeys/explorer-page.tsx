export function ExplorerPage() {
  return (
    <div className="page">
      <h1>ExplorerPage</h1>
    </div>
  );
}
