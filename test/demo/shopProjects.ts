/** Small projects of a web shop, written to disk for the demo's sessions to read, edit and test. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

export type ShopProject = "storefront" | "orders-api" | "warehouse-sync" | "mobile-app" | "shop-infra";

interface ProjectContent {
  readonly branch: string;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes the projects below `root` and names the directory of each. */
export async function writeShopProjects(root: string): Promise<Readonly<Record<ShopProject, string>>> {
  const directories = {
    storefront: join(root, "storefront"),
    "orders-api": join(root, "orders-api"),
    "warehouse-sync": join(root, "warehouse-sync"),
    "mobile-app": join(root, "mobile-app"),
    "shop-infra": join(root, "shop-infra"),
  };
  await Promise.all([
    writeProject(directories.storefront, storefront),
    writeProject(directories["orders-api"], ordersApi),
    writeProject(directories["warehouse-sync"], warehouseSync),
    writeProject(directories["mobile-app"], mobileApp),
    writeProject(directories["shop-infra"], shopInfra),
  ]);
  return directories;
}

async function writeProject(directory: string, { branch, files }: ProjectContent): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  try {
    await promisify(execFile)("git", ["init", "--quiet", `--initial-branch=${branch}`], { cwd: directory });
  } catch {
    // Without git the projects have no branch; the demo shows the same otherwise.
  }
}

function packageJson(name: string, scripts: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name, version: "2.4.0", private: true, type: "module", scripts }, null, 2)}\n`;
}

const storefront: ProjectContent = {
  branch: "feature/currency-switch",
  files: {
    "package.json": packageJson("storefront", { test: "node --test", build: "node scripts/build.js" }),
    "src/price.js": `/** Formats an amount in cents for the product page. */
export function formatPrice(cents) {
  return "€" + (cents / 100).toFixed(2);
}
`,
    "src/cart.js": `import { formatPrice } from "./price.js";

export function cartTotal(lines) {
  return lines.reduce((sum, line) => sum + line.cents * line.quantity, 0);
}

export function cartSummary(lines) {
  return \`\${lines.length} items, \${formatPrice(cartTotal(lines))}\`;
}
`,
    "src/productPage.js": `import { formatPrice } from "./price.js";

export function productPage({ title, cents, images }) {
  const gallery = images.map((image) => \`<img src="\${image}?width=2400">\`).join("");
  return \`<h1>\${title}</h1><p>\${formatPrice(cents)}</p>\${gallery}\`;
}
`,
  },
};

const ordersApi: ProjectContent = {
  branch: "main",
  files: {
    "package.json": packageJson("orders-api", { test: "node --test" }),
    "src/refund.js": `/** What a customer gets back, in cents. */
export function refundOf(order, cancelledLines) {
  const goods = cancelledLines.reduce((sum, line) => sum + line.cents * line.quantity, 0);
  return goods;
}
`,
    "test/checkout.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { refundOf } from "../src/refund.js";

test("checkout: a cancelled line is paid back", () => {
  assert.equal(refundOf({ shippingCents: 490 }, [{ cents: 1200, quantity: 2 }]), 2400);
});

test("checkout: nothing cancelled, nothing paid back", () => {
  assert.equal(refundOf({ shippingCents: 490 }, []), 0);
});
`,
    "CHANGELOG.md": "# Changelog\n\n## 2.3.0\n\n- Orders can be split into several parcels.\n",
  },
};

const warehouseSync: ProjectContent = {
  branch: "fix/stock-race",
  files: {
    "package.json": packageJson("warehouse-sync", { test: "node --test", import: "node scripts/import.js" }),
    "src/stock.js": `/** Takes items out of stock; two imports at a time can both see the last one. */
export async function reserve(store, sku, quantity) {
  const row = await store.read(sku);
  if (row.quantity < quantity) return false;
  await store.write(sku, { ...row, quantity: row.quantity - quantity });
  return true;
}
`,
    "scripts/import.js": `const products = ["linen-shirt", "rain-jacket", "wool-socks", "canvas-bag", "straw-hat"];
let row = 0;
setInterval(() => {
  row += 1;
  console.log(\`row \${row}: \${products[row % products.length]} imported\`);
}, 2000);
`,
    "exports/2024/orders.csv": "id,total\n1,2400\n",
    "exports/2025/orders.csv": "id,total\n2,1200\n",
    "exports/2026/orders.csv": "id,total\n3,4990\n",
  },
};

const mobileApp: ProjectContent = {
  branch: "main",
  files: {
    "package.json": packageJson("mobile-app", { test: "node --test" }),
    "app/theme.ts": 'export const priceColor = { light: "#1a1a1a", dark: "#f2f2f2" };\n',
  },
};

const shopInfra: ProjectContent = {
  branch: "main",
  files: {
    "README.md": "# shop-infra\n\nWhat the shop runs on.\n",
    "terraform/database.tf": 'resource "database" "orders" {\n  engine_version = 15\n  log_retention  = 14\n}\n',
  },
};
