import { ToggleGroup } from "radix-ui";
import { type PayloadKind, payloadKindSchema } from "../../../shared/model/payload.ts";
import { kindWords } from "./kinds.ts";

/** The kind of the payload, as one choice of six. */
export function KindControl(props: {
  readonly kind: PayloadKind;
  readonly disabled: boolean;
  readonly onKind: (kind: PayloadKind) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={props.kind}
      disabled={props.disabled}
      aria-label="Kind of payload"
      onValueChange={(value) => {
        const parsed = payloadKindSchema.safeParse(value);
        if (parsed.success) props.onKind(parsed.data);
      }}
      className="inline-flex flex-wrap rounded-md bg-sunken p-0.5"
    >
      {payloadKindSchema.options.map((kind) => (
        <ToggleGroup.Item
          key={kind}
          value={kind}
          title={kindWords[kind].title}
          className="h-6 rounded px-2 text-xs text-dim enabled:hover:text-ink data-[state=on]:bg-panel data-[state=on]:font-semibold data-[state=on]:text-ink data-[state=on]:shadow-sm"
        >
          {kindWords[kind].label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
