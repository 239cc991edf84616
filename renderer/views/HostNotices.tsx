import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/Button.tsx";
import { useConnection } from "./useStores.ts";

/** What a person must be told about the host itself, until they have seen it. */
export function HostNotices() {
  const notices = useConnection((state) => state.host?.notices);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const unseen = notices?.filter((notice) => !seen.includes(notice)) ?? [];
  return unseen.map((notice) => (
    <div key={notice} role="alert" className="flex items-center gap-2 bg-warn-soft py-1 pr-2 pl-3">
      <span className="grow">{notice}</span>
      <Button look="quiet" size="icon" aria-label="I have read this" onClick={() => setSeen([...seen, notice])}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </div>
  ));
}
