/** The style of an exported page. It stands in a `<style>` element, so it must hold no `<`. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c1e21; --muted: #5f6670; --line: #d5d9df; --soft: #f4f5f7; --user: #e8f0fd;
  --bad: #a61b1b; --added: #e3f5e6; --removed: #fbe4e4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --muted: #9aa2ad; --line: #363b43; --soft: #1f2329;
  --user: #1c2b45; --bad: #ff8a80; --added: #15331d; --removed: #3d1c1f; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); }
h1 { font-size: 1.5rem; } h2, h3 { font-size: .85rem; margin: 0 0 .3rem; } h3 { margin-top: .6rem; } time, .muted { color: var(--muted); }
time { font-weight: normal; font-size: .8rem; font-variant-numeric: tabular-nums; }
section, details, .mark { margin: .75rem 0; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 6px; }
.user { background: var(--user); } .cli, .thinking { color: var(--muted); } .bad { color: var(--bad); }
.text, pre { white-space: pre-wrap; overflow-wrap: anywhere; } .mark p { margin: 0; }
pre { margin: .5rem 0 0; padding: .6rem; background: var(--soft); border-radius: 4px; font: 13px/1.45 ui-monospace, monospace; }
summary { cursor: pointer; } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
.diff span { display: block; } .added { background: var(--added); } .removed { background: var(--removed); }
.gap { color: var(--muted); } .subagent { border-left: 4px solid var(--line); }
@media print { details { break-inside: avoid; } }
`;
