import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { safeLink } from "../../terminal/safeLink.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { openLink } from "./openLink.ts";

const plugins = [remarkGfm];

/** Raw HTML is dropped by the library; images are named, never loaded; links are checked and open outside the app. */
const components: Components = {
  a: ({ href, children }) => <CheckedLink href={href}>{children}</CheckedLink>,
  img: ({ alt }) => (
    <span className="text-dim">[image{alt === undefined || alt === "" ? "" : `: ${alt}`}, not loaded]</span>
  ),
  h1: ({ children }) => <h3 className="mt-3 mb-1 text-base font-semibold first:mt-0">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-3 mb-1 text-[15px] font-semibold first:mt-0">{children}</h4>,
  h3: ({ children }) => <h5 className="mt-2 mb-1 font-semibold first:mt-0">{children}</h5>,
  h4: ({ children }) => <h6 className="mt-2 mb-1 font-semibold first:mt-0">{children}</h6>,
  p: ({ children }) => <p className="my-1.5 first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children }) => <ul className="my-1.5 list-disc pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-1.5 list-decimal pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => (
    <blockquote className="my-1.5 border-l-2 border-line-strong pl-3 text-dim">{children}</blockquote>
  ),
  hr: () => <hr className="my-3 border-line" />,
  code: ({ children }) => (
    <code className="rounded bg-sunken px-1 py-px font-mono text-[0.92em] in-[pre]:bg-transparent in-[pre]:p-0">
      {children}
    </code>
  ),
  pre: ({ children }) => (
    <pre
      // What is too wide scrolls, so the keyboard must reach it.
      tabIndex={0}
      role="group"
      aria-label="Code"
      className="my-2 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5"
    >
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div tabIndex={0} role="group" aria-label="Table" className="my-2 overflow-x-auto">
      <table className="border-collapse text-[13px]">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border border-line bg-sunken px-2 py-1 text-left font-semibold">{children}</th>,
  td: ({ children }) => <td className="border border-line px-2 py-1">{children}</td>,
  input: ({ checked }) => <span aria-label={checked === true ? "done" : "open"}>{checked === true ? "☑ " : "☐ "}</span>,
};

/** Markdown that a session wrote. `streaming`: constructs that are not closed yet are closed for the eye. */
export const Markdown = memo(function Markdown(props: { readonly text: string; readonly streaming?: boolean }) {
  const text = visibleText(props.text);
  return (
    <div className="min-w-0 wrap-break-word">
      <ReactMarkdown remarkPlugins={plugins} components={components}>
        {props.streaming === true ? remend(text) : text}
      </ReactMarkdown>
    </div>
  );
});

function CheckedLink({ href, children }: { readonly href: string | undefined; readonly children: React.ReactNode }) {
  const address = href === undefined ? null : safeLink(href);
  if (address === null) {
    return (
      <span
        className="underline decoration-dotted"
        title="This link is not shown as one: only http and https are opened."
      >
        {children}
      </span>
    );
  }
  return (
    <a
      href={address}
      title={address}
      rel="noopener noreferrer"
      className="text-accent underline"
      onClick={(event) => {
        event.preventDefault();
        openLink(address);
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      {children}
    </a>
  );
}
