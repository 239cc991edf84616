import { useMemo } from "react";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useSessions } from "../useStores.ts";

/** Labels that sessions have, for a field to offer: the same cause written in two ways is added up apart. */
export function LabelOptions({ id }: { readonly id: string }) {
  const byId = useSessions((state) => state.byId);
  const labels = useMemo(() => {
    const used = new Set(Object.values(byId).flatMap(({ label }) => label ?? []));
    return [...used].toSorted((a, b) => a.localeCompare(b));
  }, [byId]);
  return (
    <datalist id={id}>
      {labels.map((label) => (
        <option key={label} value={label}>
          {visibleText(label)}
        </option>
      ))}
    </datalist>
  );
}
