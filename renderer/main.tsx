import "./styles/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBridgePipe } from "./client/bridgePipe.ts";
import { createClient } from "./client/createClient.ts";
import { onPageWake } from "./client/pageWake.ts";
import { createSocketPipe } from "./client/socketPipe.ts";
import { takeToken } from "./client/tokenStore.ts";
import { createAppStores } from "./stores/appStores.ts";
import { connectStores } from "./stores/connectStores.ts";
import { App } from "./views/App.tsx";
import { applyTheme } from "./views/applyTheme.ts";
import { desktopBridge } from "./views/desktopBridge.ts";
import { pageKeyStore } from "./views/pageKeyStore.ts";
import { obeyShell } from "./views/obeyShell.ts";
import { showNotice } from "./views/showNotice.ts";
import { StoresContext } from "./views/useStores.ts";

/** One drawing of the screen, in milliseconds. A timer and not a frame: a hidden window must go on taking events in. */
const DRAWING_MS = 16;

const bridge = desktopBridge();
const client = createClient({
  openPipe:
    bridge === null
      ? createSocketPipe({ origin: window.location.origin, token: takeToken(window) })
      : createBridgePipe(bridge),
  clientName: bridge === null ? "browser" : "desktop",
  onWake: onPageWake,
});
const stores = createAppStores({
  request: (name, params) => client.request(name, params),
  connection: client.connection.get(),
  notify: showNotice,
  keyStore: pageKeyStore(),
  sender: "Switchboard user",
  schedule: (run) => setTimeout(run, DRAWING_MS),
  isShown: () => document.visibilityState === "visible",
});
applyTheme(stores.ui);
connectStores(stores, client);
onPageWake(() => stores.budgets.getState().refreshSoon());
if (bridge !== null) obeyShell(bridge, stores);

const root = document.querySelector("#root");
if (root === null) throw new Error("The page has no element #root.");
createRoot(root).render(
  <StrictMode>
    <StoresContext value={stores}>
      <App />
    </StoresContext>
  </StrictMode>,
);
