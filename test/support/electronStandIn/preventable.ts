/** An event object as Electron hands it out: with a way to prevent what would follow. */
export type Preventable<Details> = Details & {
  readonly preventDefault: () => void;
  readonly defaultPrevented: boolean;
};

export function preventable<Details extends object>(details: Details): Preventable<Details> {
  let prevented = false;
  return Object.defineProperties(
    { ...details, preventDefault: () => void (prevented = true) },
    {
      defaultPrevented: { get: () => prevented },
    },
  ) as Preventable<Details>;
}
