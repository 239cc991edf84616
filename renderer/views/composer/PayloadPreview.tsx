/** Exactly the text that the model will read, folded away until it is asked for. */
export function PayloadPreview({ preview }: { readonly preview: string | null }) {
  return (
    <details className="text-xs">
      <summary className="w-fit text-dim hover:text-ink">What the model will read</summary>
      {preview === null ? (
        <p className="p-2 text-dim">Write something, and the exact text shows here.</p>
      ) : (
        <pre
          aria-label="Exact text"
          className="mt-1 rounded-md border border-line bg-sunken p-2 font-mono whitespace-pre-wrap"
        >
          {preview}
        </pre>
      )}
    </details>
  );
}
