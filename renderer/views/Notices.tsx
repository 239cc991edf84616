import { Toaster } from "sonner";
import { useUi } from "./useStores.ts";

/** Where notices appear. */
export function Notices() {
  const theme = useUi((state) => state.theme);
  return (
    <Toaster
      theme={theme}
      position="bottom-right"
      closeButton
      toastOptions={{
        style: {
          width: "320px",
          background: "var(--raised)",
          color: "var(--ink)",
          border: "1px solid var(--line-strong)",
        },
        classNames: { description: "!text-dim" },
      }}
    />
  );
}
