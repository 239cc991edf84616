import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const buttonClass = cva(
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-55 disabled:cursor-not-allowed",
  {
    variants: {
      look: {
        primary: "border-transparent bg-accent text-on-accent enabled:hover:brightness-110",
        plain: "border-line-strong/60 bg-raised text-ink enabled:hover:bg-sunken",
        quiet: "border-transparent bg-transparent text-dim enabled:hover:bg-sunken enabled:hover:text-ink",
        danger: "border-transparent bg-danger text-on-danger enabled:hover:brightness-110",
      },
      size: {
        normal: "h-7 px-2.5 text-[13px]",
        small: "h-6 px-2 text-xs",
        icon: "size-7 shrink-0",
      },
    },
    defaultVariants: { look: "plain", size: "normal" },
  },
);

/** A button. An `icon` button needs an `aria-label`. */
export function Button({
  look,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & VariantProps<typeof buttonClass>) {
  return <button type={type} className={cn(buttonClass({ look, size }), className)} {...rest} />;
}
