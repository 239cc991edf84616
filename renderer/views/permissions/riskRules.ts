/** How much a mark weighs. `high` asks for a second step before it is allowed. */
export type MarkLevel = "medium" | "high";

export interface RiskRule {
  readonly level: MarkLevel;
  /** What it does, in words a person can weigh. */
  readonly words: string;
  readonly pattern: RegExp;
}

const high = (words: string, pattern: RegExp): RiskRule => ({ level: "high", words, pattern });
const medium = (words: string, pattern: RegExp): RiskRule => ({ level: "medium", words, pattern });

/** The rest of one simple command: up to a pipe, a separator or the end of the line. */
const REST = String.raw`[^|;&\n]*`;
const SHELLS = String.raw`(?:sudo\s+)?(?:ba|z|da|fi|k)?sh|python[\d.]*|node|perl|ruby|php`;

/**
 * Patterns in shell commands that a person should look at twice. They find what is written plainly; they are no guard
 * against somebody who hides it.
 */
export const shellRules: readonly RiskRule[] = [
  high(
    "Deletes directories with everything in them",
    new RegExp(String.raw`\brm\s${REST}?-(?:[a-zA-Z]*[rR]|-recursive)`, "u"),
  ),
  medium("Deletes files", /\brm\s+(?!\S*[rR])\S/u),
  high("Deletes what a search finds", /\bfind\s[^\n]*\s(?:-delete\b|-exec(?:dir)?\s+rm\b)|\bxargs\s[^\n]*\brm\b/u),
  high("Runs as another user, often the administrator", /(?:^|[\s;&|(`])(?:sudo|doas|pkexec|su\s+-)(?=\s|$)/u),
  high(
    "Runs code that comes from the network",
    new RegExp(
      String.raw`\b(?:curl|wget|fetch)\b[^;\n]*\|\s*(?:\S*/)?(?:${SHELLS})\b|(?:\b(?:${SHELLS}|eval|source)\b|(?:^|\s)\.)[^;\n]*(?:<\(|\$\(|${"`"})\s*(?:curl|wget)\b`,
      "u",
    ),
  ),
  high(
    "Runs code that is hidden by an encoding",
    new RegExp(String.raw`\b(?:base64|xxd|openssl)\b[^;\n]*\|\s*(?:${SHELLS})\b`, "u"),
  ),
  high("Opens a raw network connection for a shell", /\/dev\/tcp\/|\bnc(?:at)?\b[^\n]*\s-[a-z]*[ec]\b/u),
  high(
    "Overwrites or deletes published history",
    new RegExp(String.raw`\bgit\s${REST}?push\b${REST}(?:\s-{1,2}(?:f\b|force|mirror|delete)|\s\+\S)`, "u"),
  ),
  high(
    "Throws away changes that are not committed",
    /\bgit\s[^|;&\n]*?(?:reset\s[^|;&\n]*--hard|clean\s[^|;&\n]*-[a-zA-Z]*f|(?:checkout|restore)\s+(?:--\s+)?\.(?=\s|$))/u,
  ),
  high("Rewrites the history of the repository", /\bgit\s[^|;&\n]*?filter-(?:branch|repo)\b/u),
  medium("Deletes branches or set-aside work", /\bgit\s[^|;&\n]*?(?:branch\s[^|;&\n]*-D|stash\s+(?:drop|clear))/u),
  medium("Publishes commits", /\bgit\s[^|;&\n]*?\bpush\b/u),
  medium("Skips the repository's checks", /--no-verify\b/u),
  high(
    "Publishes a package or an image",
    /\b(?:npm|pnpm|yarn|cargo|poetry)\s+publish\b|\bgem\s+push\b|\btwine\s+upload\b|\bdocker\s+push\b/u,
  ),
  high(
    "Writes to a disk directly",
    /\b(?:mkfs\S*|wipefs|fdisk|parted|shred)\b|\bdd\s[^\n]*\bof=|>\s*\/dev\/(?:sd|nvme|disk|hd)/u,
  ),
  high("Stops the machine", /(?:^|[\s;&|])(?:shutdown|reboot|poweroff|halt)(?=\s|$)/u),
  high("Starts processes without end", /:\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}/u),
  high(
    "Deletes or changes running infrastructure",
    /\bterraform\s[^\n]*(?:destroy|apply)\b|\bkubectl\s[^\n]*\bdelete\b|\bhelm\s+(?:uninstall|delete)\b|\b(?:aws|gcloud|az)\s[^\n]*\b(?:delete|terminate|rm|rb)\b/u,
  ),
  high(
    "Deletes data in a database",
    /\bdrop\s+(?:table|database|schema)\b|\btruncate\s+(?:table\s+)?\w|\bdelete\s+from\s+\S+\s*(?:;|"|'|$)|\bflush(?:all|db)\b/iu,
  ),
  high("Gives a container power over the machine", /\bdocker\s[^\n]*(?:--privileged\b|-v\s+\/:|--pid[= ]host)/u),
  high(
    "Reads keys or passwords",
    /\.ssh\/(?!known_hosts)|\bid_(?:rsa|ed25519|ecdsa)\b|\.aws\/credentials|\.netrc\b|\.pgpass\b|\/etc\/shadow\b|\bsecurity\s+find-\S+-password/u,
  ),
  medium(
    "Touches a file that often holds secrets",
    /(?:^|[\s/"'=<>])\.env(?:\.\w+)?(?=$|[\s"';|&])|\.npmrc\b|\.pypirc\b/u,
  ),
  high(
    "Changes system files",
    /(?:>|\btee\s(?:-a\s+)?|\bcp\s[^\n]*\s|\bmv\s[^\n]*\s)\s*\/(?:etc|usr|bin|sbin|boot|lib)\//u,
  ),
  high("Starts an agent that asks nobody", /--dangerously-skip-permissions\b|--yolo\b|\bbypassPermissions\b/u),
  medium("Opens files to everybody", /\bchmod\s[^|;&\n]*(?:\b0?777\b|a\+w|o\+w)/u),
  medium("Changes owners or rights of whole directories", /\bch(?:own|mod|grp)\s[^|;&\n]*-[a-zA-Z]*R/u),
  medium("Ends processes", /(?:^|[\s;&|])(?:kill|pkill|killall)\s/u),
  medium(
    "Changes what runs on this machine by itself",
    /\bcrontab\b|\bsystemctl\s+(?:stop|disable|mask|enable|start|restart)\b|\blaunchctl\b/u,
  ),
  medium("Works on another machine", /(?:^|[\s;&|])(?:ssh|scp|sftp)\s|\brsync\s[^\n]*\S+:/u),
  medium(
    "Sends data over the network",
    /\bcurl\s[^|;&\n]*\s(?:-d|--data\S*|-F|--form\S*|-T|--upload-file)\b|\bwget\s[^|;&\n]*--post-/u,
  ),
  medium(
    "Installs software",
    /\b(?:npm|pnpm)\s+(?:i|install|add|ci)\b|\byarn\s+(?:add|install)\b|\b(?:pip\d?|pipx|uv|gem|cargo|go|brew|apt|apt-get|dnf|yum|pacman)\s+(?:\S+\s+)*?(?:install|add|get|-S)\b|\b(?:npx|bunx|uvx)\s/u,
  ),
  medium("Runs text as code", /(?:^|[\s;&|])eval\s/u),
];

/** Paths that a person should look at twice before a tool reads or writes them. */
export const pathRules: readonly RiskRule[] = [
  high(
    "Holds keys or passwords",
    /(?:^|\/)\.(?:ssh|aws|gnupg|kube)\/|(?:^|\/)\.(?:netrc|pgpass)$|(?:^|\/)id_(?:rsa|ed25519|ecdsa)$|\.(?:pem|key|p12|pfx)$/u,
  ),
  high("Is a system file", /^\/(?:etc|usr|bin|sbin|boot|lib|System|Library)\//u),
  high(
    "Runs by itself when a shell or a session starts",
    /(?:^|\/)\.(?:bashrc|bash_profile|zshrc|zprofile|profile|zshenv)$|(?:^|\/)\.git\/(?:hooks\/|config$)|\/cron\.|(?:^|\/)autostart\//u,
  ),
  high(
    "Decides what Claude Code may do",
    /(?:^|\/)\.claude\/(?:settings(?:\.local)?\.json|hooks\/)|(?:^|\/)\.mcp\.json$/u,
  ),
  medium("Often holds secrets", /(?:^|\/)\.env(?:\.\w+)?$|(?:^|\/)\.(?:npmrc|pypirc)$|credentials/iu),
  medium("Runs on a build server", /(?:^|\/)\.github\/workflows\/|(?:^|\/)\.gitlab-ci\.yml$|(?:^|\/)Jenkinsfile$/u),
];
