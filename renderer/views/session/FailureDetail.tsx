import type { SessionSummary } from "../../../shared/model/session.ts";

/** Why a session failed, in the CLI's own last words, with the way on. */
export function FailureDetail({ session }: { readonly session: SessionSummary }) {
  const { activity } = session;
  if (activity.kind !== "failed") return null;
  return (
    <section role="alert" className="border-b border-line bg-danger-soft px-3 py-2">
      <p>
        <strong>The claude process is gone.</strong> Nothing that was said is lost: Resume continues the session.
      </p>
      {activity.stderrTail !== "" && (
        <details className="mt-1">
          <summary className="text-xs">What it wrote last</summary>
          <pre className="mt-1 max-h-40 overflow-auto rounded-md bg-panel p-2 font-mono text-xs whitespace-pre-wrap">
            {activity.stderrTail}
          </pre>
        </details>
      )}
    </section>
  );
}
