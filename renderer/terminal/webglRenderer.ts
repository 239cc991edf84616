import { WebglAddon } from "@xterm/addon-webgl";
import type { Terminal } from "@xterm/xterm";

/**
 * Draws with WebGL where the graphics processor does it; keeps xterm's own renderer otherwise, and falls back to it
 * when the context is lost. WebGL drawn by the processor is several times slower than the DOM.
 */
export function drawWithWebgl(terminal: Terminal): void {
  if (!hasFastWebgl()) return;
  const addon = new WebglAddon();
  addon.onContextLoss(() => addon.dispose());
  try {
    terminal.loadAddon(addon);
  } catch {
    // WebGL was there a moment ago and is not any more; xterm's own renderer shows the same.
    addon.dispose();
  }
}

/** Renderers that draw on the processor; Chromium offers SwiftShader without calling it a performance caveat. */
const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render/iu;

function hasFastWebgl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (context === null) return false;
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = context.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  // A page may hold only some contexts at once; this one was a question.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof renderer === "string" && !SOFTWARE_RENDERERS.test(renderer);
}
