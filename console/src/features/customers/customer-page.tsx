export function CustomerPage() {
  return (
    <div className="page">
      <h1>CustomerPage</h1>
    </div>
  );
}
