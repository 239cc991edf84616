import { useId } from "react";
import { type Delivery, deliverySchema, type PayloadKind } from "../../../shared/model/payload.ts";
import { defaultDelivery, deliveryExplanation } from "../../../shared/payloads/delivery.ts";
import { cn } from "../../components/cn.ts";
import { lineControlClass } from "../../components/controls.ts";
import { deliveryWords } from "./kinds.ts";

/** When the payload reaches the model, with one line that says what the choice will do. */
export function DeliverySelect(props: {
  readonly kind: PayloadKind;
  readonly delivery: Delivery;
  readonly disabled: boolean;
  readonly onDelivery: (delivery: Delivery) => void;
}) {
  const { kind, delivery, disabled, onDelivery } = props;
  const noteId = useId();
  return (
    <div className="flex min-w-0 grow basis-60 items-center gap-2">
      <select
        aria-label="Delivery"
        aria-describedby={noteId}
        value={delivery}
        disabled={disabled}
        onChange={(event) => {
          const parsed = deliverySchema.safeParse(event.target.value);
          if (parsed.success) onDelivery(parsed.data);
        }}
        className={cn(lineControlClass, "w-auto shrink-0")}
      >
        {deliverySchema.options.map((option) => (
          <option key={option} value={option}>
            {deliveryWords[option]}
            {option === defaultDelivery[kind] ? " (usual)" : ""}
          </option>
        ))}
      </select>
      <p id={noteId} className="min-w-0 text-xs text-dim">
        {deliveryExplanation[delivery]}
      </p>
    </div>
  );
}
