/** Looks shared by text boxes, selects and text areas. */
export const controlClass =
  "w-full rounded-md border border-line-strong/60 bg-panel px-2 text-[13px] text-ink disabled:opacity-60 aria-invalid:border-danger";

/** A box of one line. */
export const lineControlClass = `${controlClass} h-7`;

/** Looks shared by menus and popovers. */
export const menuClass =
  "z-50 max-h-[70vh] min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-(--shadow)";

/** One line of a menu. */
export const menuItemClass =
  "flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-[13px] outline-none select-none data-[highlighted]:bg-accent-soft data-[disabled='']:opacity-55 data-[disabled=true]:opacity-55";

/** A row of filters; where there is no room for a row, two beside each other, as wide as there is room. */
export const filterBarClass =
  "flex flex-wrap items-center gap-1.5 max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:[&>input]:w-full max-sm:[&>select]:w-full max-sm:[&>select]:max-w-none max-sm:[&>span]:col-span-2";
