import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type PayloadPreset, payloadPresets } from "../../../shared/payloads/presets.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { kindWords } from "./kinds.ts";

/** Ready-made payloads for the situations that come up most; choosing one fills the composer. */
export function PresetsMenu(props: { readonly disabled: boolean; readonly onPreset: (preset: PayloadPreset) => void }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="small" disabled={props.disabled}>
          Presets
          <ChevronDown aria-hidden className="size-3" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuClass} align="start" sideOffset={4}>
          {payloadPresets.map((preset) => (
            <DropdownMenu.Item
              key={preset.id}
              className={`${menuItemClass} justify-between`}
              onSelect={() => props.onPreset(preset)}
            >
              {preset.title}
              <span className="text-xs text-dim">{kindWords[preset.kind].label}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
