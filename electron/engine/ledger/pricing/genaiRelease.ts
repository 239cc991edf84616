/** Version and release day of `@pydantic/genai-prices` in use; a test keeps the version in step. */
export const genaiRelease = { version: "0.1.8", day: "2026-09-23" } as const;
