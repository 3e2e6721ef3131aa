export function SourcesPage() {
  return (
    <div className="page">
      <h1>SourcesPage</h1>
    </div>
  );
}
