import type { ConnectionState } from "../client/client.ts";
import { type ComposerStore, createComposerStore } from "./composerStore.ts";
import { type ConnectionStore, createConnectionStore } from "./connectionStore.ts";
import { createPayloadsStore, type PayloadsStore } from "./payloadsStore.ts";
import { createPermissionsStore, type PermissionsStore } from "./permissionsStore.ts";
import type { Notify, Request } from "./request.ts";
import { createSessionActions, type SessionActionsStore } from "./sessionActions.ts";
import { createSessionFeedStore, type SessionFeedStore } from "./sessionFeedStore.ts";
import { createSessionsStore, type SessionsStore } from "./sessionsStore.ts";
import { createStartOptionsStore, type StartOptionsStore } from "./startOptionsStore.ts";
import type { KeyStore } from "./uiPreferences.ts";
import { createUiStore, type UiStore } from "./uiStore.ts";

/** Every store of one window. */
export interface AppStores {
  readonly connection: ConnectionStore;
  readonly sessions: SessionsStore;
  readonly permissions: PermissionsStore;
  readonly feed: SessionFeedStore;
  readonly payloads: PayloadsStore;
  readonly composer: ComposerStore;
  readonly actions: SessionActionsStore;
  readonly startOptions: StartOptionsStore;
  readonly ui: UiStore;
  readonly notify: Notify;
}

export interface AppStoresOptions {
  readonly request: Request;
  readonly connection: ConnectionState;
  readonly notify: Notify;
  readonly keyStore: KeyStore | null;
  /** Who the payloads say they are from. */
  readonly sender: string;
  /** Runs a callback at about the next drawing of the screen. */
  readonly schedule: (run: () => void) => void;
}

/** Creates the stores of one window; `connectStores` feeds them. */
export function createAppStores(options: AppStoresOptions): AppStores {
  const { request, notify } = options;
  const ui = createUiStore(options.keyStore);
  const payloads = createPayloadsStore({ request, notify });
  return {
    connection: createConnectionStore({ request, initial: options.connection }),
    sessions: createSessionsStore(),
    permissions: createPermissionsStore({ request, notify }),
    feed: createSessionFeedStore({
      request,
      schedule: options.schedule,
      onFailure: ({ message }) => notify({ tone: "failure", title: "Older events did not load", text: message }),
    }),
    payloads,
    composer: createComposerStore({
      request,
      sender: options.sender,
      onSent: (payload) => payloads.getState().put([payload]),
      onBroadcast: (result) => payloads.getState().putBroadcast(result),
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
    }),
    actions: createSessionActions({
      request,
      notify,
      onStarted: ({ sessionId }) => ui.getState().chooseSession(sessionId),
    }),
    startOptions: createStartOptionsStore({ request }),
    ui,
    notify,
  };
}
