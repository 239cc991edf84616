/**
 * The directory whose content completes a half-typed path: everything up to the last separator. Null, which means the
 * home directory, while the text is not an absolute path.
 */
export function parentToList(typed: string): string | null {
  const isAbsolute = /^(\/|[A-Za-z]:[\\/])/u.test(typed);
  if (!isAbsolute) return null;
  const end = Math.max(typed.lastIndexOf("/"), typed.lastIndexOf("\\"));
  return typed.slice(0, end + 1);
}
